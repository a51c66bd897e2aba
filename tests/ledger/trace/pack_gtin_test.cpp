#include "ledger/trace/pack_gtin.hpp"

#include "tests/ledger/apply/world.hpp"

namespace nguon::ledger::trace {
namespace {

/// A product whose record once gave a GTIN to 500 g and one to 1 kg, and a batch in packs.
class PackGtin : public testing::Test {
 protected:
  PackGtin() {
    batch_.product.sub =
        world_.add(world_.clerk, "product.add/2", "product",
                   said(",'packs':[{'size':{'amount':'500','unit':'g'},'gtin':'09521234543213'},"
                        "{'size':{'amount':'1','unit':'kg'},'gtin':'09521234543220'}]"));
    batch_.record.dimension = "mass";
    batch_.record.pack = Amount(500'000);
  }

  std::string said(const std::string& rest) {
    return "{'org':'" + world_.coop + "','name':'Cam mau','crop':'orange','stage':'fresh'" + rest +
           "}";
  }
  bool fits(const std::string& gtin) {
    batch_.product.record = world_.of<ProductRecord>(batch_.product.sub);
    return fits_gtin(world_.state, gtin, batch_).value();
  }

  World world_;
  BatchView batch_;
};

TEST_F(PackGtin, IsThatOfThePacksSizeAndOfTheProduct) {
  EXPECT_TRUE(fits("09521234543213"));
  EXPECT_FALSE(fits("09521234543220")) << "of the kilogram";
  EXPECT_FALSE(fits("09521234543237")) << "nobody's";
  batch_.record.pack = Amount(1'000'000);
  EXPECT_TRUE(fits("09521234543220"));
  batch_.record.dimension = "volume";
  EXPECT_FALSE(fits("09521234543220")) << "a litre is no kilogram";
  batch_.record.pack.reset();
  EXPECT_TRUE(fits("09521234543220")) << "goods without a size contradict none";
  world_.add(world_.clerk, "product.add/1", "product", said(",'gtin':'09521234543237'"));
  EXPECT_FALSE(fits("09521234543237")) << "of another product";
}

TEST_F(PackGtin, AnEditOfTheRecordTouchesNoPackThatIsSold) {
  world_.add(world_.clerk, "product.update/1", batch_.product.sub, said(""));
  EXPECT_TRUE(fits("09521234543213"));
  EXPECT_FALSE(fits("09521234543220"));
  // Said of the product whatever its pack, it fits every pack.
  world_.add(world_.clerk, "product.update/1", batch_.product.sub,
             said(",'gtin':'09521234543220'"));
  EXPECT_TRUE(fits("09521234543220"));
}

}  // namespace
}  // namespace nguon::ledger::trace
