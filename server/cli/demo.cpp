#include "server/demo/demo.hpp"

#include "server/cli/commands.hpp"
#include "server/cli/front.hpp"
#include "server/cli/progress.hpp"
#include "server/cli/signals.hpp"
#include "server/demo/lan.hpp"
#include "server/demo/trust_page.hpp"
#include "server/deployment/files.hpp"
#include "server/deployment/temporary_folder.hpp"
#include "server/http/problem.hpp"

#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>

namespace nguon::server {
namespace {

constexpr const char* demo_examples = R"(
Seeds four sample chains (passion fruit, coffee, oranges, a herd), then serves them until SIGTERM or
Ctrl-C. Every name is invented and says "dữ liệu mẫu"; the keys follow from the seed, so never use
this data for anything real. The season's entries are recorded at the season's times, later ones at
the machine's. Standard output is one JSON line: {"ready":true,"base":…,"labels":[…]}.

Examples:
  nguon demo                          in a temporary folder, on this machine only
  nguon demo --data sample --seed 7   kept in ./sample; run again, it goes on
  nguon demo --lan                    HTTPS for phones on the same Wi-Fi, with a certificate of its own)";

constexpr const char* usual_listen = "127.0.0.1:8080";

struct DemoWishes {
  std::string data, listen;
  bool lan = false;
  std::uint64_t seed = 1;
};

struct Listening {
  std::unique_ptr<Front> front;
  std::string base;  ///< `http://127.0.0.1:8080`, no slash at the end.
};

// Labels and pages name the port before anything listens on it, so it is chosen first. Another
// process may take it in between: the caller then chooses again.
ledger::Result<std::uint16_t> free_port(const std::string& address) {
  const Router nothing({});
  ListenerOptions options;
  options.address = address;
  NGUON_TRY(const auto probe, Listener::open(options, nothing, {}));
  return probe->port();
}

ledger::Result<Listening> open_front(const Places& places, Deployment& deployment,
                                     ListenerOptions listening) {
  const bool any = listening.port == 0;
  const std::string& address = listening.address;
  const std::string host = address.find(':') == std::string::npos ? address : '[' + address + ']';
  const std::string scheme = listening.tls_key.empty() ? "http://" : "https://";
  constexpr int attempts = 5;
  for (int attempt = 1;; ++attempt) {
    if (any) {
      NGUON_TRY(listening.port, free_port(address));
    }
    const std::string base = scheme + host + ':' + std::to_string(listening.port);
    auto front = Front::open(deployment, places, {.demo = true, .label_origin = base}, listening,
                             deployment.ledger().head().size);
    if (front) return Listening{std::move(*front), base};
    if (!any || attempt == attempts) return front.error();
  }
}

ledger::Result<Listening> listen_here(const DemoWishes& wishes, const Places& places,
                                      Deployment& deployment) {
  NGUON_TRY(auto listening, parse_listen(wishes.listen.empty() ? usual_listen : wishes.listen));
  auto opened = open_front(places, deployment, listening);
  if (opened || !wishes.listen.empty()) return opened;
  // Nobody asked for the usual port, so any other will do.
  listening.port = 0;
  return open_front(places, deployment, listening);
}

struct TrustDesk {
  std::unique_ptr<Router> router;
  std::unique_ptr<Listener> listener;
};

struct Lan {
  Listening listening;
  TrustDesk trust;
  std::string trust_url;
};

ledger::Result<Lan> listen_lan(const DemoWishes& wishes, const Places& places,
                               Deployment& deployment) {
  ListenerOptions secure;
  if (wishes.listen.empty()) {
    const auto address = lan_address();
    if (!address) {
      return ledger::Error{ledger::Errc::unavailable, "demo.lan", {}, "only loopback is up"};
    }
    secure.address = *address;
  } else {
    NGUON_TRY(secure, parse_listen(wishes.listen));
  }
  NGUON_TRY(const auto identity, make_lan_identity(places.data + "/lan", secure.address));
  NGUON_TRY(const std::string ca, read_file(identity.ca_file));
  secure.tls_certificate = identity.certificate_file;
  secure.tls_key = identity.key_file;
  Lan lan;
  NGUON_TRY(lan.listening, open_front(places, deployment, secure));
  ListenerOptions plain;
  plain.address = secure.address;
  lan.trust.router = std::make_unique<Router>(trust_routes(ca, lan.listening.base + '/'));
  NGUON_TRY(lan.trust.listener,
            Listener::open(plain, *lan.trust.router,
                           [problems = Problems()](const Request&, int status, const auto& error) {
                             return problems.response(status, error);
                           }));
  lan.trust_url =
      "http://" + secure.address + ':' + std::to_string(lan.trust.listener->port()) + '/';
  return lan;
}

void show_lan(const Lan& lan) {
  const auto modules = labels::encode_qr(lan.trust_url);
  std::fprintf(stderr,
               "\nĐiện thoại cùng Wi-Fi: quét mã này một lần để tin chứng chỉ của bản dùng thử.\n"
               "Phones on this Wi-Fi: scan this once to trust the demo's certificate.\n%s\n%s\n\n",
               lan.trust_url.c_str(), modules ? terminal_qr(*modules).c_str() : "");
}

// The one line on standard output.
void announce(const std::string& base, const std::vector<DemoLabel>& labels) {
  boost::json::array list;
  for (const DemoLabel& label : labels) {
    list.push_back({{"what", label.what}, {"url", label.url}, {"png", label.png}});
    std::fprintf(stderr, "  %-13s %s\n", label.what.c_str(), label.url.c_str());
  }
  const boost::json::object line{{"ready", true}, {"base", base}, {"labels", std::move(list)}};
  std::fprintf(stdout, "%s\n", boost::json::serialize(line).c_str());
  std::fflush(stdout);
}

ledger::Result<void> demo(const DemoWishes& wishes) {
  const StopSignals signals;
  std::unique_ptr<TemporaryFolder> scratch;
  Places places{wishes.data};
  if (wishes.data.empty()) {
    NGUON_TRY(scratch, TemporaryFolder::make("demo"));
    places.data = scratch->path();
  }
  NGUON_TRY(Demo sample, open_demo(places, wishes.seed));
  std::vector<Sample> samples;
  {
    Progress progress("dữ liệu mẫu", demo_entries);
    NGUON_TRY(samples, tell_demo(sample, wishes.seed,
                                 [&progress](std::uint64_t told) { progress.at(told); }));
  }
  Deployment& deployment = *sample.deployment;
  Lan lan;
  if (wishes.lan) {
    NGUON_TRY(lan, listen_lan(wishes, places, deployment));
    show_lan(lan);
  } else {
    NGUON_TRY(lan.listening, listen_here(wishes, places, deployment));
  }
  const Listening& listening = lan.listening;
  NGUON_TRY(const auto labels,
            draw_samples(samples, deployment.serials(), listening.base, places.data + "/labels"));
  announce(listening.base, labels);
  signals.wait();
  listening.front->stop();
  return {};
}

}  // namespace

void add_demo(CLI::App& program, ExitCode& outcome) {
  auto wishes = std::make_shared<DemoWishes>();
  auto* command = program.add_subcommand("demo", "Four sample chains to look at, scan and break");
  command->footer(demo_examples);
  command->add_option("--data", wishes->data,
                      "Folder to keep the sample in; none: a temporary one");
  command->add_option(
      "--listen", wishes->listen,
      std::string("ADDR:PORT, port 0 for any free one (") + usual_listen + ", or any free port)");
  command->add_flag("--lan", wishes->lan, "Serve HTTPS to the local network");
  command->add_option("--seed", wishes->seed, "Same seed: same keys and entry ids")
      ->capture_default_str();
  command->callback([wishes, &outcome] {
    const auto done = demo(*wishes);
    outcome = done ? ExitCode::good : report(done.error());
  });
}

}  // namespace nguon::server
