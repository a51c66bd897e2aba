#include "schemas/pattern.hpp"

#include "schemas/try.hpp"

#include <algorithm>
#include <bitset>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace nguon::schemas {
namespace {

using Octets = std::bitset<256>;

// A Thompson automaton: every state either reads one octet of `reads` and goes to `out`, or (reads
// empty) goes on to `out` and `other` for free.
struct State {
  Octets reads;
  int out = -1;
  int other = -1;
};

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  // The start state; the accepting one is state 0.
  std::optional<int> parse() {
    if (text_.size() > max_length) return fail("too long");  // run() recurses once per atom
    if (text_.size() < 2 || text_.front() != '^' || text_.back() != '$') return fail("anchors");
    text_ = text_.substr(1, text_.size() - 2);
    states.push_back({});
    const auto start = choice(0, 0, text_.size());
    return start;
  }

  std::vector<State> states;
  std::string error;

 private:
  static constexpr std::size_t max_states = 4000;
  static constexpr int max_repeat = 100;
  static constexpr std::size_t max_length = 256;

  std::optional<int> fail(const char* what) {
    if (error.empty()) error = what;
    return std::nullopt;
  }

  std::optional<int> add(State state) {
    if (states.size() >= max_states) return fail("too many states");
    states.push_back(state);
    return static_cast<int>(states.size()) - 1;
  }

  // Where the atom that begins at `at` ends; absent when it does not.
  std::optional<std::size_t> atom_end(std::size_t at, std::size_t end) {
    if (text_[at] == '\\') return text_[at + 1 < end ? at + 1 : at] == 'x' ? at + 4 : at + 2;
    if (text_[at] == '[') {
      std::size_t i = at + 1;
      for (; i < end && text_[i] != ']'; ++i) {
        if (text_[i] == '\\') ++i;
      }
      return i + 1;
    }
    if (text_[at] != '(') return at + 1;
    int depth = 0;
    for (std::size_t i = at; i < end;) {
      if (text_[i] == '(') ++depth;
      if (text_[i] == ')' && --depth == 0) return i + 1;
      const bool group = text_[i] == '(' || text_[i] == ')';
      i = group ? i + 1 : *atom_end(i, end);
    }
    return std::nullopt;
  }

  // Builds backwards: what begins at `from` and, once through, goes on to state `then`.
  std::optional<int> choice(int then, std::size_t from, std::size_t end) {
    std::optional<int> all;
    std::size_t run_start = from;
    for (std::size_t i = from; i <= end;) {
      if (i == end || text_[i] == '|') {
        const auto one = run(then, run_start, i);
        if (!one) return std::nullopt;
        all = all ? add({{}, *all, *one}) : one;
        if (!all) return std::nullopt;
        run_start = ++i;
      } else {
        const auto next = atom_end(i, end);
        if (!next || *next > end) return fail("unbalanced");
        i = *next;
      }
    }
    return all;
  }

  std::optional<int> run(int then, std::size_t from, std::size_t end) {
    if (from >= end) return then;
    const auto atom_stop = atom_end(from, end);
    if (!atom_stop || *atom_stop > end) return fail("unbalanced");
    int least = 1;
    int most = 1;
    const auto stop = repeat(*atom_stop, end, least, most);
    if (!stop) return std::nullopt;
    auto rest = run(then, *stop, end);
    if (!rest) return rest;
    int head = *rest;
    if (most < 0) {  // a loop that may be left at once
      const auto loop = add({{}, -1, head});
      if (!loop) return loop;
      const auto body = atom(*loop, from, *atom_stop);
      if (!body) return body;
      states[static_cast<std::size_t>(*loop)].out = *body;
      head = *loop;
    }
    for (int i = least; i < most; ++i) {  // built from the back: each may be skipped to the rest
      const auto body = atom(head, from, *atom_stop);
      if (!body) return body;
      const auto skip = add({{}, *body, *rest});
      if (!skip) return skip;
      head = *skip;
    }
    for (int i = 0; i < least; ++i) {
      const auto body = atom(head, from, *atom_stop);
      if (!body) return body;
      head = *body;
    }
    return head;
  }

  // Reads a repeat at `at`; most = -1 means without end. Returns where it stops.
  std::optional<std::size_t> repeat(std::size_t at, std::size_t end, int& least, int& most) {
    if (at >= end) return at;
    switch (text_[at]) {
      case '?':
        least = 0;
        return at + 1;
      case '*':
        least = 0;
        most = -1;
        return at + 1;
      case '+':
        most = -1;
        return at + 1;
      case '{':
        break;
      default:
        return at;
    }
    const std::size_t close = text_.find('}', at);
    if (close == std::string_view::npos || close >= end) {
      fail("repeat");
      return std::nullopt;
    }
    const std::string_view inside = text_.substr(at + 1, close - at - 1);
    const std::size_t comma = inside.find(',');
    least = number(inside.substr(0, comma));
    most = comma == std::string_view::npos ? least : number(inside.substr(comma + 1));
    if (least < 0 || most < least || most > max_repeat) {
      fail("repeat");
      return std::nullopt;
    }
    return close + 1;
  }

  static int number(std::string_view digits) {
    if (digits.empty() || digits.size() > 3) return -1;
    int value = 0;
    for (const char c : digits) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  }

  std::optional<int> atom(int then, std::size_t from, std::size_t end) {
    if (text_[from] == '(') return choice(then, from + 1, end - 1);
    Octets reads;
    if (text_[from] == '[') {
      if (!read_set(from + 1, end - 1, reads)) return fail("set");
    } else {
      if (std::string_view(".?*+{}|)]^$").find(text_[from]) != std::string_view::npos) {
        return fail("unescaped mark");
      }
      const auto octet = symbol(from, end);
      if (!octet || from != end) return fail("symbol");
      reads.set(*octet);
    }
    return add({reads, then, -1});
  }

  bool read_set(std::size_t from, std::size_t end, Octets& reads) {
    const bool negated = from < end && text_[from] == '^';
    if (negated) ++from;
    if (from >= end) return false;
    while (from < end) {
      const auto low = symbol(from, end);
      if (!low) return false;
      std::size_t high = *low;
      if (from + 1 < end && text_[from] == '-') {
        const auto to = symbol(++from, end);
        if (!to || *to < *low) return false;
        high = *to;
      }
      for (std::size_t octet = *low; octet <= high; ++octet) reads.set(octet);
    }
    if (negated) reads.flip();
    return true;
  }

  // One octet; moves `at` behind it.
  std::optional<std::size_t> symbol(std::size_t& at, std::size_t end) const {
    const auto c = static_cast<unsigned char>(text_[at]);
    if (c < 0x20 || c > 0x7e) return std::nullopt;
    if (c != '\\') {
      ++at;
      return c;
    }
    if (at + 1 >= end) return std::nullopt;
    const char mark = text_[at + 1];
    if (mark != 'x') {
      at += 2;
      // A letter behind a backslash is a class in ECMA 262 (\d, \w): not in our subset.
      if (std::string_view(".?*+{}|()[]^$/\\-").find(mark) == std::string_view::npos)
        return std::nullopt;
      return static_cast<unsigned char>(mark);
    }
    if (at + 3 >= end) return std::nullopt;
    std::size_t value = 0;
    for (std::size_t i = at + 2; i < at + 4; ++i) {
      const std::size_t digit = std::string_view("0123456789abcdef").find(text_[i]);
      if (digit == std::string_view::npos) return std::nullopt;
      value = value * 16 + digit;
    }
    at += 4;
    return value;
  }

  std::string_view text_;
};

void close(const std::vector<State>& states, int state, std::set<int>& closure) {
  std::vector<int> open = {state};
  while (!open.empty()) {
    const int one = open.back();
    open.pop_back();
    if (!closure.insert(one).second) continue;
    const State& here = states[static_cast<std::size_t>(one)];
    if (here.reads.any()) continue;
    if (here.out >= 0) open.push_back(here.out);
    if (here.other >= 0) open.push_back(here.other);
  }
}

}  // namespace

Result<Pattern> Pattern::compile(std::string_view pattern) {
  Parser parser(pattern);
  const auto start = parser.parse();
  if (!start) return Violation{"bundle.pattern", {}, parser.error + ": " + std::string(pattern)};
  const std::vector<State>& states = parser.states;

  Pattern made;
  std::map<std::string, std::uint8_t> classes;  // by which sets name an octet
  std::vector<const Octets*> sets;
  for (const State& state : states) {
    const auto same = [&](const Octets* known) { return *known == state.reads; };
    if (state.reads.any() && std::ranges::none_of(sets, same)) sets.push_back(&state.reads);
  }
  std::vector<std::size_t> sample;  // one octet of each class
  for (std::size_t octet = 0; octet < 256; ++octet) {
    std::string members;
    for (const Octets* set : sets) members += set->test(octet) ? '1' : '0';
    const auto [found, fresh] = classes.emplace(members, static_cast<std::uint8_t>(classes.size()));
    made.class_of_[octet] = found->second;
    if (fresh) sample.push_back(octet);
  }
  made.classes_ = sample.size();

  std::map<std::set<int>, std::uint16_t> known;
  std::vector<std::set<int>> queue;
  const auto number_of = [&](const std::set<int>& closure) {
    const auto [found, fresh] = known.emplace(closure, static_cast<std::uint16_t>(known.size()));
    if (fresh) queue.push_back(closure);
    return found->second;
  };
  std::set<int> first;
  close(states, *start, first);
  number_of(first);
  for (std::size_t at = 0; at < queue.size(); ++at) {
    if (queue.size() > 1024) return Violation{"bundle.pattern", {}, "too many states"};
    made.accepts_.push_back(queue[at].contains(0));
    for (const std::size_t octet : sample) {
      std::set<int> reached;
      for (const int state : queue[at]) {
        const State& here = states[static_cast<std::size_t>(state)];
        if (here.reads.test(octet)) close(states, here.out, reached);
      }
      made.next_.push_back(reached.empty() ? dead : number_of(reached));
    }
  }
  return made;
}

Result<std::shared_ptr<const Pattern>> Patterns::compile(std::string_view pattern) {
  const auto known = compiled_.find(pattern);
  if (known != compiled_.end()) return known->second;
  SCHEMAS_TRY(Pattern made, Pattern::compile(pattern));
  auto shared = std::make_shared<const Pattern>(std::move(made));
  compiled_.emplace(pattern, shared);
  return shared;
}

bool Pattern::matches(std::string_view text) const {
  std::size_t state = 0;
  for (const char c : text) {
    state = next_[state * classes_ + class_of_[static_cast<unsigned char>(c)]];
    if (state == dead) return false;
  }
  return accepts_[state];
}

}  // namespace nguon::schemas
