#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace nguon::server {

/// Where a deferred answer, or a piece of a body, lands. put() comes from any thread and at any
/// time, even when the session, its loop or the whole listener is gone; all else happens on the
/// loop's thread. Shared by both sides.
template <class Answer>
class AnswerSlot : public std::enable_shared_from_this<AnswerSlot<Answer>> {
 public:
  AnswerSlot(boost::asio::io_context& context, boost::asio::steady_timer& wake)
      : context_(&context), wake_(&wake) {}

  void put(Answer answer) {
    const std::lock_guard lock(mutex_);
    if (context_ == nullptr) return;
    boost::asio::post(*context_,
                      [self = this->shared_from_this(), answer = std::move(answer)]() mutable {
                        self->land(std::move(answer));
                      });
  }
  /// The session no longer waits. Blocks while a put() is under way, so that the loop outlives it.
  void close() {
    const std::lock_guard lock(mutex_);
    context_ = nullptr;
    wake_ = nullptr;
  }
  std::optional<Answer>& answer() { return answer_; }

 private:
  void land(Answer answer) {
    answer_ = std::move(answer);
    if (wake_ != nullptr) wake_->cancel();
  }

  std::mutex mutex_;
  boost::asio::io_context* context_;  ///< Guarded by mutex_.
  boost::asio::steady_timer* wake_;   ///< Loop's thread only.
  std::optional<Answer> answer_;      ///< Loop's thread only.
};

}  // namespace nguon::server
