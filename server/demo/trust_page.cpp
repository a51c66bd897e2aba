#include "server/demo/trust_page.hpp"

#include <memory>

namespace nguon::server {
namespace {

constexpr const char* before_link = R"(<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Nguồn dùng thử: tin chứng chỉ</title></head><body>
<h1>Cho điện thoại này xem tem mẫu</h1>
<p>Bản dùng thử tự làm chứng chỉ HTTPS. Chứng chỉ này chỉ dùng được cho đúng địa chỉ máy này trong 30 ngày.
Làm một lần, dùng xong thì gỡ ra.</p>
<p><a href="/ca.crt"><b>1. Tải chứng chỉ</b></a></p>
<p><b>2. Android:</b> Cài đặt → Bảo mật → Mã hóa và thông tin xác thực → Cài đặt chứng chỉ → Chứng chỉ CA →
chọn tệp vừa tải.</p>
<p><b>2. iPhone:</b> Cài đặt → Đã tải về hồ sơ → Cài đặt; rồi Cài đặt chung → Giới thiệu → Cài đặt tin cậy
chứng chỉ → bật “Nguon demo”.</p>
<p><b>3.</b> <a href=")";
constexpr const char* after_link = R"(">Mở trang mẫu</a>, rồi quét các tem mẫu bằng máy ảnh.</p>
<hr><p lang="en"><b>English:</b> download the certificate above, install it as a CA certificate (Android:
Settings → Security → Encryption &amp; credentials; iPhone: install the profile, then General → About →
Certificate Trust Settings), then open the sample page. It is good for this one address and 30 days; remove it
afterwards. All data is invented (dữ liệu mẫu).</p>
</body></html>
)";

}  // namespace

std::vector<Route> trust_routes(const std::string& ca, const std::string& base) {
  const auto page = std::make_shared<const std::string>(before_link + base + after_link);
  const auto certificate = std::make_shared<const std::string>(ca);
  const auto give = [](std::shared_ptr<const std::string> body, const char* type) {
    return [body = std::move(body), type](const Request&, const PathParams&) {
      Response response;
      response.content_type = type;
      response.body = body;
      return response;
    };
  };
  return {{Method::get, "/", give(page, "text/html; charset=utf-8"), {}},
          {Method::get, "/ca.crt", give(certificate, "application/x-x509-ca-cert"), {}}};
}

}  // namespace nguon::server
