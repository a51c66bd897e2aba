// For members: each step is a picture and what to press (`**…**` is a word of the app, as it stands on its button).
/** @type {import('./render.mjs').Guide} */
export const member = {
  name: 'Thành viên', title: 'Ghi sổ trên điện thoại',
  lead: 'Dành cho bà con thành viên. Xem hình, làm theo. Không có mạng vẫn ghi được.',
  start: ['/app', 'Mở ứng dụng'],
  parts: [
    ['Lần đầu: nhận máy', [
      ['Đến văn phòng hợp tác xã. Lấy máy ảnh của điện thoại quét mã QR của văn phòng. Không quét được thì gõ mã văn phòng đọc, rồi bấm **Mở mã**.', '01-start', 'Trang chào bà con, có ô gõ mã'],
      ['Xem có đúng tên mình không. Đúng thì bấm **Đúng là tôi**.', '02-who', 'Tên, đơn vị và nút Đúng là tôi'],
      ['Đọc tám chữ trên máy cho văn phòng nghe. Văn phòng thấy giống thì đồng ý. Chờ một lát là xong.', '03-wait', 'Tám chữ to giữa màn hình'],
    ]],
    ['Ghi thu hoạch: bốn lần bấm và một con số', [
      ['Bấm hình giỏ quả: **Thu hoạch**.', '05-home', 'Trang đầu với các hình: thu hoạch, giao hàng, phun bón, sổ của tôi'],
      ['Bấm loại quả.', '06-product', 'Hình các loại quả để chọn'],
      ['Bấm vườn.', '07-site', 'Các vườn để chọn'],
      ['Gõ số cân, xem chữ bên dưới có đúng không, rồi bấm **Lưu**. Gõ 1.200 thì máy hỏi lại: một nghìn hai trăm, hay một phẩy hai?', '08-ask', 'Ô gõ số; máy hỏi lại với hai cách đọc'],
      ['Thấy **Đã nhận** và dấu ✓ màu xanh: sổ chung đã có phiếu này. Chưa thấy thì phiếu còn trong máy, chưa mất.', '10-received', 'Phiếu có dấu tích xanh Đã nhận'],
    ]],
    ['Không có mạng', [
      ['Cứ ghi như thường. Máy giữ phiếu và tự gửi khi có mạng; trang đầu cho biết còn mấy phiếu chưa gửi. Đến chỗ có mạng thì mở ứng dụng, hoặc bấm **Gửi ngay**. Đừng gỡ ứng dụng khi còn phiếu chưa gửi.'],
    ]],
    ['Nghe máy đọc', [
      ['Bấm hình cái loa ở góc trên: máy đọc to câu hỏi, con số vừa gõ, phiếu đã gửi hay chưa. Bấm lần nữa thì thôi. Máy chưa có giọng đọc thì lúc có mạng bấm **Lấy giọng đọc** một lần; sau đó không cần mạng.'],
    ]],
    ['Phun thuốc, bón phân', [
      ['Bấm **Phun, bón**, chọn việc, chọn vườn. Gõ tên thuốc và số ngày cách ly như ghi trên nhãn, rồi bấm **Tiếp**.', '51-name', 'Ô tên thuốc và ô thời gian cách ly'],
      ['Hái khi chưa hết cách ly thì máy nhắc trước, trong khung vàng có dấu chấm than. Phiếu vẫn ghi được.', '53-warned', 'Khung nhắc vườn còn trong thời gian cách ly'],
    ]],
    ['Ghi nhầm', [
      ['Bấm **Phiếu đã ghi**, chọn phiếu, bấm **Sửa phiếu này**, gõ số đúng. Số cũ vẫn đọc được, số mới đi kèm.', '54-correct', 'Ô gõ số đúng và lý do sửa'],
    ]],
    ['Sổ của tôi', [
      ['Bấm **Sổ của tôi**: hợp tác xã đã cân bao nhiêu, mình khai bao nhiêu, tiền hàng bao nhiêu. Thấy chữ «Lệch» thì hỏi văn phòng.', '64-book', 'Số hợp tác xã cân, số mình khai, tiền hàng, dòng Lệch 2 kg'],
    ]],
    ['Nhiều người một máy', [
      ['Bấm **Đổi người**, bấm hình của mình, gõ mã PIN. Quên mã thì xin văn phòng mã QR mới; phiếu không mất.', '72-people', 'Hình và tên từng người dùng chung máy'],
    ]],
    ['Mất máy, hỏng máy', [
      ['Báo văn phòng ngay. Văn phòng khóa máy cũ và mời máy mới; phiếu đã gửi hiện lại trên máy mới. Tìm lại được máy cũ thì mở lên cho nó gửi: phiếu chưa gửi sẽ báo **Văn phòng đang giữ**, và văn phòng nhận hộ.'],
    ]],
  ],
};
