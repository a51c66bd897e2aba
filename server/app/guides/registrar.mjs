// For the alliance's registrar: each step is a picture and what to press (`**…**` is a word of the console).
/** @type {import('./render.mjs').Guide} */
export const registrar = {
  name: 'Cán bộ đăng ký', title: 'Cán bộ đăng ký của liên minh',
  lead: 'Dành cho cán bộ đăng ký: nhận tổ chức mới, ghi tình trạng, xếp loại hằng năm.',
  start: ['/office', 'Mở văn phòng'],
  parts: [
    ['Lần đầu', [
      ['Người quản trị máy chủ chạy lệnh nguon enrol và đưa bạn một đường dẫn. Mở đường dẫn đó, bấm **Mở lời mời**.', 'join', 'Ô gõ mã mời và nút Mở lời mời'],
      ['Bấm **Đúng, đưa khóa của máy này**. Đọc tám ký tự cho người quản trị; giống hết thì họ gõ y. Từ nay máy này ký thay bạn: đừng cho mượn.', 'join-invited', 'Tên, tổ chức, vai trò và nút Đúng, đưa khóa của máy này'],
    ]],
    ['Xem các tổ chức', [
      ['Mở **Tổ chức**. Mỗi dòng có tình trạng, số đăng ký, người đại diện, xếp loại năm, ủy quyền đến ngày nào. Bấm tên để mở.', 'tenants', 'Danh sách tổ chức với tình trạng và số đăng ký'],
    ]],
    ['Nhận tổ chức mới', [
      ['Bấm **Nhận tổ chức mới**. Ghi tên, loại hình, số đăng ký, nơi và ngày đăng ký đúng như trên giấy, rồi bấm **Ký và nhận**.', 'org-form', 'Phiếu nhận tổ chức mới'],
      ['Vào **Mời điện thoại** để mời giám đốc của tổ chức. Từ đó họ tự mời nhân viên và thành viên; bạn không đọc tên thành viên của họ.'],
    ]],
    ['Tình trạng, người đại diện, xếp loại', [
      ['Mở một tổ chức. Khung **Tình trạng** có các việc **Ghi người đại diện**, **Xếp loại**, **Tạm ngừng**, **Ghi giải thể**. Xếp loại không công khai.', 'tenant', 'Khung tình trạng của một hợp tác xã'],
      ['**Tạm ngừng** phải có ngày và lý do. Tem đã in vẫn trả lời người mua. Hết lý do thì bấm **Cho hoạt động lại**. Giải thể thì không quay lại được.'],
    ]],
    ['Ghi nhầm', [
      ['Sửa hay thêm xong có nút **Hoàn tác** ngay trên đầu trang. Sổ không xóa gì: bạn ký một bản ghi ngược lại, và cả hai vẫn đọc được.'],
    ]],
  ],
};
