// What the check says, in both languages; the types hold them to the same names.

/** Vietnam is seven hours ahead all year, and a slow phone needs a tenth of a second to load the tables that say so. */
const ahead = 7 * 60 * 60;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Minute in Vietnam. @param {number} seconds  Unix @param {string} lang */
export function minute(seconds, lang) {
  const there = new Date((seconds + ahead) * 1000).toISOString();
  const [, year, month, day, time] = /** @type {RegExpExecArray} */ (/^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(there));
  return lang === 'en' ? `${day} ${months[Number(month) - 1]} ${year}, ${time}` : `${time} ngày ${day}/${month}/${year}`;
}

/** @typedef {import('./judge.mjs').Finding} Finding */
/** @typedef {typeof vi} Words */

const vi = {
  title: 'Kiểm tra trên máy này',
  working: 'Đang kiểm tra chữ ký…',
  good: 'Khớp: mọi chữ ký đều đúng',
  bad: 'Không khớp',
  unknown: 'Chưa kiểm tra được',
  unreachable: 'Chưa tải được bộ chứng cứ. Xin thử lại khi có mạng; chưa có kết quả thì chưa nên kết luận gì.',
  failed: (/** @type {string} */ rule) => `Bộ chứng cứ không đúng như lời ghi (quy tắc ${rule}). Đừng dựa vào trang của tem này; hãy báo cho chúng tôi hoặc Liên minh hợp tác xã.`,
  entries: (/** @type {Finding} */ { entries, size }) => `${entries} việc làm nên lô hàng này đều đúng chữ ký của người làm, đúng thứ tự, và đều nằm trong cuốn sổ ${size} dòng.`,
  complete: (/** @type {string} */ time) => `Tính đến ${time}: nơi giữ sổ đã ký rằng không còn việc nào khác của lô này.`,
  alone: 'Không có lời ký rằng đây là tất cả: có thể đã có việc mới hơn.',
  witnesses: (/** @type {Finding} */ { asked, cosigned }, /** @type {string} */ time) => `${cosigned} trên ${asked} nhân chứng độc lập đã ký rằng sổ này chỉ ghi thêm; mới nhất lúc ${time}.`,
  unseen: (/** @type {Finding} */ { asked }) => `0 trên ${asked} nhân chứng đã ký mốc này: chưa ai ngoài nơi giữ sổ làm chứng.`,
  nobody: 'Sổ này chưa nhờ nhân chứng nào: chưa ai ngoài nơi giữ sổ làm chứng rằng không có cuốn sổ thứ hai.',
  recalled: 'Có lệnh thu hồi đang hiệu lực: không dùng hàng này.',
  not_recalled: 'Không có lệnh thu hồi nào trong các việc ấy.',
  limit: 'Phép kiểm tra này cho biết ai đã ký các lời khai và chưa ai sửa chúng. Nó không biết lời khai có đúng sự thật hay không, không nhìn vào trong gói, và không thay cho kiểm nghiệm.',
  key: 'Tin vào khóa này của sổ. Hãy so với khóa mà nhân chứng hoặc Liên minh công bố:',
  took: (/** @type {number} */ ms, /** @type {string} */ how) => `Kiểm tra mất ${ms} phần nghìn giây, bằng ${how}.`,
  native: 'mật mã có sẵn của trình duyệt', script: 'mã JavaScript của trang này', mixed: 'mật mã của trình duyệt và mã JavaScript',
  keep: 'Tải về một tệp để giữ', kept: 'Một tệp duy nhất, mở lại và kiểm tra được khi không có mạng.',
  proof: 'Tải riêng bộ chứng cứ',
  choose: 'Bộ chứng cứ (tệp .json)', vkey: 'Khóa của sổ', run: 'Kiểm tra',
  back: 'Về trang của tem',
};

/** @type {Words} */
const en = {
  title: 'Checked on this device',
  working: 'Checking signatures…',
  good: 'It fits: every signature is right',
  bad: 'It does not fit',
  unknown: 'Could not check',
  unreachable: 'The proof could not be fetched. Try again with a network; no result says nothing about the goods.',
  failed: (rule) => `The proof is not what it says it is (rule ${rule}). Do not rely on the label's page; tell us or the co-operative alliance.`,
  entries: ({ entries, size }) => `${entries} steps that made this batch bear the right signatures of whoever did them, follow one another, and all stand in the record of ${size} lines.`,
  complete: (time) => `As of ${time}: whoever keeps the record signed that there is nothing else on this batch.`,
  alone: 'Nobody signed that this is all: there may be something newer.',
  witnesses: ({ asked, cosigned }, time) => `${cosigned} of ${asked} independent witnesses signed that this record only grows; the newest at ${time}.`,
  unseen: ({ asked }) => `0 of ${asked} witnesses have signed this state: nobody but its keeper vouches for the record.`,
  nobody: 'This record asks no witness: nobody but its keeper vouches that there is no second one.',
  recalled: 'A recall is in force: do not use these goods.',
  not_recalled: 'There is no recall among these steps.',
  limit: 'This check tells who signed these statements and that nobody changed them since. It cannot tell whether they are true, does not look into the pack, and does not replace a laboratory test.',
  key: 'It believes this key of the record. Compare it with the key that a witness or the alliance publishes:',
  took: (ms, how) => `The check took ${ms} ms, by ${how}.`,
  native: 'the browser\'s own cryptography', script: 'this page\'s JavaScript', mixed: 'the browser\'s cryptography and JavaScript',
  keep: 'Download one file to keep', kept: 'A single file that opens and checks again without a network.',
  proof: 'Download the proof alone',
  choose: 'Proof (a .json file)', vkey: 'Key of the record', run: 'Check',
  back: 'Back to the label',
};

/** @type {Record<string, Words>} */
export const words = { vi, en };
