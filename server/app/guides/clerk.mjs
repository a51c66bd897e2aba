// For a co-operative's clerks: each step is a picture and what to press (`**…**` is a word of the console).
/** @type {import('./render.mjs').Guide} */
export const clerk = {
  name: 'Nhân viên văn phòng', title: 'Văn phòng hợp tác xã',
  lead: 'Dành cho nhân viên văn phòng. Dùng trên máy tính hoặc điện thoại; không cần mật khẩu.',
  start: ['/office', 'Mở văn phòng'],
  parts: [
    ['Lần đầu: máy của bạn được mời', [
      ['Mở trang văn phòng. Xin người phụ trách mã 16 ký tự, gõ vào ô, bấm **Mở lời mời**.', 'join', 'Ô gõ mã mời và nút Mở lời mời'],
      ['Đúng tên và vai trò của mình thì bấm **Đúng, đưa khóa của máy này**. Hai màn hình phải hiện cùng tám ký tự; bên mời bấm xác nhận.', 'join-invited', 'Tên, tổ chức, vai trò và nút Đúng, đưa khóa của máy này'],
      ['Từ đó mỗi việc là một ô. **Tìm mọi thứ** tìm được cả tên, mã số, số điện thoại; gõ có dấu hay không dấu đều được.', 'home', 'Trang đầu của văn phòng với ô tìm và các việc'],
    ]],
    ['Mời điện thoại của thành viên', [
      ['Mở **Mời điện thoại**, gõ họ tên, chọn vai trò, bấm **Hiện mã mời**.', 'enrol-form', 'Phiếu mời: họ và tên, vai trò, số điện thoại'],
      ['Bà con quét mã QR bằng máy ảnh điện thoại, hoặc gõ mã bên dưới. Mã chỉ dùng một lần, hết hạn sau 30 phút.', 'enrol-code', 'Mã QR và mã 16 ký tự'],
      ['So tám ký tự trên hai màn hình. Giống hết mới bấm **Đúng, xác nhận**. Khác một ký tự thì bấm **Rút lại**.', 'enrol-compare', 'Tám ký tự và nút Đúng, xác nhận'],
    ]],
    ['Thành viên và vườn', [
      ['Mở **Thành viên** hoặc **Vườn và cơ sở**. Danh sách dài thì gõ vài chữ để tìm. Cuối trang có nút tải về Excel và CSV.'],
      ['Bấm **Thêm vườn, cơ sở**. Xã gõ tên mới hay tên cũ đều được, rồi chọn trong danh sách hiện ra. Đang gõ dở mà mất điện, lần sau máy hỏi có làm tiếp không.', 'plot-form', 'Phiếu vườn: tên, loại, xã'],
      ['Ranh giới: chạm trên bản đồ, đi vòng bờ với GPS, hoặc lấy từ tệp. Phần kẻ sọc là chỗ chồng lên thửa khác.', 'map-record', 'Vườn đã lưu, với nơi và diện tích'],
    ]],
    ['Chứng nhận và việc kết thúc', [
      ['Mở **Chứng nhận**, bấm **Thêm chứng nhận**. Chọn tệp PDF hoặc ảnh bản gốc; mất mạng thì tệp nằm lại trên máy và tự gửi sau.', 'certificate-file', 'Cuối phiếu chứng nhận: tệp đã chọn, nút Ký và lưu'],
      ['Thành viên rời đi, vườn đã bán, sản phẩm không làm nữa: mở mục đó, bấm **Rời hợp tác xã**, **Ngừng dùng** hoặc **Ngừng làm**, ghi ngày và lý do. Tem cũ vẫn tra được.', 'member_end', 'Phiếu ghi thành viên rời hợp tác xã: ngày và lý do'],
    ]],
    ['Nhập cả bảng Excel', [
      ['Mở **Nhập từ bảng**, chọn tệp .xlsx hoặc .csv. Bảng bẩn cũng được: chỗ nào chưa chắc đều được hỏi và đã có đề xuất.', 'import-doubts', 'Các chỗ cần xem, mỗi chỗ có đề xuất'],
      ['Xem phần **Sẽ ghi vào sổ** rồi mới ký. Chưa ký thì chưa ghi gì. Nhập nhầm thì bấm **Hoàn tác cả lần nhập**.', 'import-preview', 'Mọi chỗ đã được chấp nhận, chờ ký'],
    ]],
    ['Tem nhãn', [
      ['Mở **Tem nhãn**, bấm **Xin cấp tem**. Mỗi lô đóng gói hiện số tem được in, tính từ số cân.', 'labels', 'Lô đóng gói với số tem được in, dải tem đã cấp'],
      ['Mở lô, bấm **In tem**. Xem hình mẫu không tốn tem nào. Gõ quá một tem là máy báo ngay kèm phép tính; cần hơn thì giám đốc bấm **Duyệt thêm tem**.', 'label-over', 'Phiếu in tem báo vượt định mức một tem'],
      ['Ký xong mới lấy tệp in, trong 24 giờ. In xong bấm **Kiểm tra đọc**, chụp tem đầu, giữa và cuối cuộn.', 'label-print', 'Các nút tải tệp in và nút Kiểm tra đọc'],
      ['Dán xong thì ghi **Dán tem**; tem hỏng ghi **Hủy tem**, không thấy đâu thì **Báo mất**. Đếm tem còn lại rồi bấm **Chốt sổ tem**: cân mới chốt được.', 'label-close', 'Phiếu chốt sổ: đếm thiếu một tem, chưa chốt được'],
      ['**Báo từ người mua** xếp việc sắp đến hạn lên trước. Chọn câu trả lời, viết thêm nếu cần, bấm **Ký và trả lời**.', 'reports', 'Một báo của người mua với hạn trả lời'],
    ]],
    ['Khi có chuyện', [
      ['Mất máy: mở thành viên đó, bấm **Báo mất, thu hồi**, rồi **Thu hồi và mời máy mới**. Chưa đến hai phút.', 'lost', 'Khung hỏi thu hồi khóa, lý do mất máy'],
      ['Máy đã thu hồi còn gửi phiếu về thì phiếu nằm ở **Chờ nhận thay**. Hỏi bà con; đúng thì bấm **Nhận vào sổ**.', 'held', 'Các bản ghi chờ, mỗi bản có nút Nhận vào sổ'],
      ['Hai người cùng sửa một vườn: vào **Hộp gửi**, so hai bản, chọn một. Bản kia không mất.', 'conflict', 'Hai bản cạnh nhau và hai nút chọn'],
    ]],
    ['Nhắc hạn và quyền dữ liệu', [
      ['**Nhắc hạn** báo trước 180, 90 và 30 ngày. Bấm **Chép** rồi dán vào nhóm Zalo.', 'reminders', 'Chứng nhận sắp hết hạn và đoạn để dán vào nhóm'],
      ['Bà con muốn xem, sửa, xóa dữ liệu của mình thì yêu cầu hiện ở **Quyền dữ liệu**. Bấm **Báo đã tiếp nhận** trong 2 ngày làm việc; từ chối thì phải ghi lý do.', 'rights', 'Một yêu cầu với hạn trả lời và các nút'],
    ]],
  ],
};
