// What the log says of a product by a GTIN of it, from a real ledger: old labels go on answering when a
// GTIN comes later.
#include "server/pages/product_source.hpp"

#include "labels/percent.hpp"
#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/apply/typed.hpp"
#include "server/http/target.hpp"
#include "server/pages/desk.hpp"
#include "tests/server/pages/labelled_goods.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

constexpr char whole[] = "09521234001010";
constexpr char kilo[] = "09521234543213";
constexpr char unknown[] = "09521234001881";

/// The product is numbered after its labels were printed and put on goods.
class NumberedLater : public testing::Test {
 protected:
  NumberedLater() {
    const ledger::trace::LedgerSource source(*goods.small.log);
    head = ledger::read_record<ledger::HeadRecord>(source,
                                                   ledger::state_key::head(goods.small.product))
               .value()
               ->head;
  }

  void update(const std::string& numbers) {
    head = goods.small
               .add(goods.small.people.make("product.update/2")
                        .by("clerk")
                        .continues(goods.small.product, head)
                        .data(R"({"org":")" + goods.small.coop +
                              R"(","name":"Chanh leo mẫu","name_en":"Sample passion fruit",
                  "crop":"passion_fruit","stage":"fresh")" + numbers + "}")
                        .sign())
               .id;
  }
  ProductView product(const char* gtin) {
    return *product_source(*goods.small.log, schemas::Bundle::built_in())(gtin, goods.small.clock.now)
                .value();
  }
  bool knows(const char* gtin) {
    return product_source(*goods.small.log, schemas::Bundle::built_in())(gtin, goods.small.clock.now)
        .value()
        .has_value();
  }
  std::string page(const std::string& target) {
    Request request;
    EXPECT_TRUE(set_target(request, target));
    const Response response = desk.code(request);
    EXPECT_EQ(response.status, 200) << target;
    return std::string(response.body_view());
  }
  /// The page but for its own address.
  std::string told(std::string html, const std::string& path) {
    for (const std::string& address : {path, labels::percent_encode(path)}) {
      for (std::size_t at = 0; (at = html.find(address, at)) != std::string::npos;) {
        html.erase(at, address.size());
      }
    }
    return html;
  }

  LabelledGoods goods;
  std::string head;
  const Site site;
  Problems problems;
  PageDesk desk{site, goods.sources(), goods.small.clock, problems};
};

TEST_F(NumberedLater, AnOldLabelAnswersForEverAndTheNewLinkOfItsSerialAnswersTheSame) {
  const std::string old_path = goods.targets[3];
  const std::string before = page(old_path);
  EXPECT_NE(before.find("Tem hợp lệ"), std::string::npos);
  const std::string new_path = std::string("/01/") + whole + "/21/" + goods.serials[3];
  EXPECT_NE(page(new_path).find("Tem bị sửa"), std::string::npos) << "nobody gave that number yet";

  update(std::string(R"(,"gtin":")") + whole + "\"");
  const std::string after = page(old_path);
  EXPECT_NE(after.find("Tem hợp lệ"), std::string::npos);
  EXPECT_NE(after.find("M-0"), std::string::npos) << "its lot";
  const std::string numbered = page(new_path);
  EXPECT_TRUE(told(numbered, new_path) == told(after, old_path)) << "one page under two names";
  const std::string with_lot = std::string("/01/") + whole + "/10/M-0/21/" + goods.serials[3];
  EXPECT_TRUE(told(page(with_lot), with_lot) == told(after, old_path));

  // A label of the new kind, of another lot, and both after the number is given up again.
  update("");
  EXPECT_NE(page(old_path).find("Tem hợp lệ"), std::string::npos);
  EXPECT_NE(page(new_path).find("Tem hợp lệ"), std::string::npos) << "printed labels answer for ever";
}

TEST_F(NumberedLater, AProductIsFoundByAnyOfItsNumbersWithTheSizesItStates) {
  EXPECT_FALSE(knows(whole));
  update(std::string(R"(,"gtin":")") + whole + R"(","packs":[
      {"size":{"amount":"500","unit":"g"}},
      {"size":{"amount":"1","unit":"kg"},"gtin":")" + kilo + R"("}])");
  const ProductView any = product(whole);
  EXPECT_EQ(any.product, "Chanh leo mẫu");
  EXPECT_EQ(any.product_en, "Sample passion fruit");
  EXPECT_EQ(any.org, "HTX mẫu");
  EXPECT_EQ(any.sub, goods.small.product);
  EXPECT_EQ(any.pack, "");
  EXPECT_EQ(any.sizes, std::vector<std::string>({"500 g", "1 kg"}));
  EXPECT_EQ(product(kilo).pack, "1 kg");
  EXPECT_FALSE(knows(unknown));
}

TEST_F(NumberedLater, ARetiredProductStillSaysWhatItWas) {
  update(std::string(R"(,"gtin":")") + whole + R"(","packs":[{"size":{"amount":"2","unit":"kg"}}])");
  goods.small.add(goods.small.people.make("product.retire/1")
                      .by("clerk")
                      .continues(goods.small.product, head)
                      .data(R"({"on":"2026-09-01","reason":"discontinued"})")
                      .sign());
  const ProductView view = product(whole);
  EXPECT_EQ(view.retired, "2026-09-01");
  EXPECT_EQ(view.sizes, std::vector<std::string>({"2 kg"}));
}

}  // namespace
}  // namespace nguon::server
