// Letters over real sockets: a mail server and a webhook on the loopback, in good and bad moods.
#include "server/cli/reminder_post.hpp"

#include "server/deployment/files.hpp"
#include "tests/support/temp_dir.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace nguon::server {
namespace {

/// Takes one connection on the loopback and speaks with it line by line.
class OneGuest {
 public:
  OneGuest() : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(listener_, 1);
    socklen_t size = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  virtual ~OneGuest() { ::close(listener_); }
  OneGuest(const OneGuest&) = delete;
  OneGuest& operator=(const OneGuest&) = delete;
  std::string place() const { return "127.0.0.1:" + std::to_string(port_); }

 protected:
  void accept() { guest_ = ::accept(listener_, nullptr, nullptr); }
  void leave() const { ::close(guest_); }
  void say(std::string_view text) const {
    (void)!::send(guest_, text.data(), text.size(), MSG_NOSIGNAL);
  }
  /// Up to and with `end`; what came before the guest left otherwise.
  std::string hear(std::string_view end) {
    char block[4096];
    for (;;) {
      if (const auto at = heard_.find(end); at != std::string::npos) {
        std::string text = heard_.substr(0, at + end.size());
        heard_.erase(0, at + end.size());
        return text;
      }
      const ssize_t count = ::read(guest_, block, sizeof block);
      if (count <= 0) return std::exchange(heard_, {});
      heard_.append(block, static_cast<std::size_t>(count));
    }
  }

 private:
  const int listener_;
  int guest_ = -1;
  int port_ = 0;
  std::string heard_;
};

/// A mail server that takes one mail, or says `refusal` in place of taking its text.
class MailHouse : public OneGuest {
 public:
  explicit MailHouse(std::string refusal = {})
      : thread_([this, refusal = std::move(refusal)] { serve(refusal); }) {}
  ~MailHouse() override { wait(); }
  void wait() {
    if (thread_.joinable()) thread_.join();
  }
  std::string all;  ///< Every line but the mail's.
  std::string envelope;
  std::string mail;

 private:
  void serve(const std::string& refusal) {
    accept();
    say("220 thu.example\r\n");
    for (;;) {
      const std::string line = hear("\r\n");
      all += line;
      if (line.empty() || line.starts_with("QUIT")) break;
      if (line.starts_with("MAIL") || line.starts_with("RCPT")) envelope += line;
      if (!line.starts_with("DATA")) {
        say("250 ok\r\n");
        continue;
      }
      if (!refusal.empty()) {
        say(refusal);
        continue;
      }
      say("354 go on\r\n");
      mail = hear("\r\n.\r\n");
      say("250 taken\r\n");
    }
    leave();
  }
  std::thread thread_;
};

/// Takes one POST and answers with that status.
class HookHouse : public OneGuest {
 public:
  explicit HookHouse(int status) : thread_([this, status] { serve(status); }) {}
  ~HookHouse() override { wait(); }
  void wait() {
    if (thread_.joinable()) thread_.join();
  }
  std::string head, body;

 private:
  void serve(int status) {
    accept();
    head = hear("\r\n\r\n");
    body = hear("}");
    say("HTTP/1.1 " + std::to_string(status) + " x\r\nContent-Length: 0\r\n\r\n");
    leave();
  }
  std::thread thread_;
};

const Letter letter{"AAAA", "Nhắc hạn: 1 mục", "VietGAP số VG-952-1", R"({"id":"AAAA"})"};

Carry to_mail_house(const MailHouse& house) {
  Config config;
  config.smtp = "smtp://" + house.place();
  config.mail_from = "so@nguon.example";
  return reminder_post(config);
}

TEST(ReminderPost, AMailArrivesWithItsEnvelope) {
  MailHouse house;
  const auto sent = to_mail_house(house)({Channel::mail, "vp@htx.example", {}}, letter);
  ASSERT_TRUE(sent) << sent.error().rule << sent.error().detail;
  house.wait();
  EXPECT_NE(house.envelope.find("MAIL FROM:<so@nguon.example>"), std::string::npos);
  EXPECT_NE(house.envelope.find("RCPT TO:<vp@htx.example>"), std::string::npos);
  EXPECT_NE(house.mail.find("Message-ID: <AAAA@nguon.example>"), std::string::npos);
  EXPECT_NE(house.mail.find("VmlldEdBUCBz4buRIFZHLTk1Mi0x"), std::string::npos);
}

TEST(ReminderPost, AMailThatIsNotTakenIsAnErrorWithoutTheAddress) {
  MailHouse house("451 later\r\n");
  const auto sent = to_mail_house(house)({Channel::mail, "vp@htx.example", {}}, letter);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().rule, "reminders.mail");
  EXPECT_EQ(sent.error().detail.find("htx"), std::string::npos);
}

TEST(ReminderPost, APasswordIsNotSaidWithoutTls) {
  const tests::TempDir directory;
  MailHouse house;
  Config config;
  config.smtp = "smtp://" + house.place();
  config.mail_from = "so@nguon.example";
  config.smtp_user = "so";
  config.smtp_password_file = directory / "password";
  ASSERT_TRUE(write_new_secret(config.smtp_password_file, "mẫu\n"));
  EXPECT_EQ(reminder_post(config)({Channel::mail, "vp@htx.example", {}}, letter).error().rule,
            "reminders.mail");
  house.wait();
  EXPECT_EQ(house.all.find("AUTH"), std::string::npos);
  EXPECT_EQ(house.envelope, "");
}

TEST(ReminderPost, AWebhookIsPostedToAndItsAnswerCounts) {
  for (const int status : {200, 204, 302, 404, 500}) {
    HookHouse house(status);
    const auto sent =
        reminder_post({})({Channel::webhook, "http://" + house.place() + "/nhac", {}}, letter);
    house.wait();
    EXPECT_EQ(sent.has_value(), status < 300) << status;
    if (!sent) {
      EXPECT_EQ(sent.error().rule, "reminders.webhook");
    }
    EXPECT_TRUE(house.head.starts_with("POST /nhac HTTP/1.1\r\n"));
    EXPECT_NE(house.head.find("application/json"), std::string::npos);
    EXPECT_EQ(house.body, letter.json);
  }
}

TEST(ReminderPost, WhoDoesNotAnswerIsNoLetterTaken) {
  std::string place;
  {
    HookHouse house(200);
    place = house.place();
    EXPECT_TRUE(reminder_post({})({Channel::webhook, "http://" + place + "/", {}}, letter));
  }
  EXPECT_EQ(reminder_post({})({Channel::webhook, "http://" + place + "/", {}}, letter).error().rule,
            "reminders.webhook");
}

}  // namespace
}  // namespace nguon::server
