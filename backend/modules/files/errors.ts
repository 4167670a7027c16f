import { defineErrors } from '../../platform/errors.ts';

/** One reason and one remedy in each sentence: the reader is holding a phone and wants to know what to do next. */
export const filesErrors = defineErrors({
  'files.not_found': { status: 404, zh: '没有找到，或您不能查看。', en: 'Not found, or not yours to see.' },
  'files.too_many_previews': {
    status: 429,
    zh: '您要看的图太多，前面的还没画完。请等几秒再看。',
    en: 'You asked for many pictures and the earlier ones are not drawn yet. Look again in a few seconds.',
  },
  'files.not_multipart': {
    status: 415,
    zh: '没有收到文件。请在材料旁边点“选文件”再上传。',
    en: 'No file arrived. Use "Choose file" beside the material and upload again.',
  },
  'files.malformed': {
    status: 400,
    zh: '上传的内容不完整，网络可能断过。请再传一次。',
    en: 'The upload arrived incomplete; the connection may have dropped. Upload it again.',
  },
  'files.field_missing': {
    status: 400,
    zh: '上传时没有说明是哪一样材料。请回到材料清单，从对应的一行上传。',
    en: 'The upload does not say which material it is. Go back to the list and upload from its row.',
  },
  'files.one_at_a_time': {
    status: 400,
    zh: '一次只能传一个文件。请一个一个上传。',
    en: 'One file at a time. Upload them one by one.',
  },
  'files.cannot_attach': {
    status: 403,
    zh: '这件申请现在不能加材料。请打开“我的办件”，看看它走到了哪一步。',
    en: 'Materials cannot be added to this application now. Open "My cases" to see where it stands.',
  },
  'files.empty': {
    status: 422,
    zh: '这个文件是空的，里面没有内容。请换一个文件，或重新拍照。',
    en: 'This file is empty. Choose another file, or take the picture again.',
  },
  'files.too_large': {
    status: 413,
    zh: '这个文件超过了 {limitMb} MB。请把照片调小一些，或把 PDF 分成几份再传。',
    en: 'This file is larger than {limitMb} MB. Make the picture smaller, or split the PDF, and upload again.',
  },
  'files.type_not_accepted': {
    status: 415,
    zh: '这种文件不能用。请用 JPG、PNG 或 PDF，每个不超过 20 MB。',
    en: 'This kind of file is not accepted. Use JPG, PNG or PDF, at most 20 MB each.',
  },
  'files.heic_not_accepted': {
    status: 415,
    zh: '这是苹果手机的 HEIC 照片。请在“设置 › 相机 › 格式”选“兼容性最佳”后重拍，或用“拍照”按钮直接拍。',
    en: 'This is an iPhone HEIC photo. Choose "Most Compatible" under Settings › Camera › Formats and retake it, or use the "Take photo" button.',
  },
  'files.type_differs': {
    status: 415,
    zh: '文件名写的是 {declared}，里面却是 {found}。请把它重新存成 JPG、PNG 或 PDF 再传。',
    en: 'The name says {declared}, but the content is {found}. Save it again as JPG, PNG or PDF and upload that.',
  },
  'files.truncated': {
    status: 422,
    zh: '这个文件不完整，后面缺了一部分。请重新拍照或重新下载后再传。',
    en: 'This file is incomplete: its end is missing. Take the picture or download the file again.',
  },
  'files.broken': {
    status: 422,
    zh: '这个文件打不开。请用 JPG、PNG 或 PDF，每个不超过 20 MB。',
    en: 'This file does not open. Use JPG, PNG or PDF, at most 20 MB each.',
  },
  'files.mixed_content': {
    status: 422,
    zh: '这个文件里还夹带了别的文件。请重新拍照，或另存成新的 PDF 再传。',
    en: 'Another file is hidden inside this one. Take the picture again, or save it as a new PDF.',
  },
  'files.picture_too_big': {
    status: 422,
    zh: '这张照片的尺寸太大（{width}×{height}）。请调小到每边不超过 {limit} 像素再传。',
    en: 'This picture is too big ({width}×{height}). Reduce it to at most {limit} pixels a side.',
  },
  'files.encrypted': {
    status: 422,
    zh: '这个 PDF 加了密码或限制。请去掉密码后另存一份再传。',
    en: 'This PDF is protected by a password or restrictions. Save a copy without them and upload that.',
  },
  'files.active_content': {
    status: 422,
    zh: '这个 PDF 里带有会自动运行的内容。请用“打印 › 另存为 PDF”存一份再传。',
    en: 'This PDF contains content that runs by itself. Use "Print › Save as PDF" and upload that copy.',
  },
  'files.too_many_pages': {
    status: 422,
    zh: '这个 PDF 有 {pages} 页，最多 {limit} 页。请分成几份再传。',
    en: 'This PDF has {pages} pages; at most {limit} are accepted. Split it and upload the parts.',
  },
  'files.too_complex': {
    status: 422,
    zh: '这个文件太复杂，检查没有完成。请用“打印 › 另存为 PDF”存一份，或拍成照片再传。',
    en: 'This file is too complex to check. Use "Print › Save as PDF", or take pictures of it instead.',
  },
  'files.case_full': {
    status: 409,
    zh: '这件申请已有 {limit} 个文件，不能再加。请先删掉不用的，或把几页合成一个 PDF。',
    en: 'This application already has {limit} files. Delete what is not needed, or merge pages into one PDF.',
  },
  'files.daily_quota': {
    status: 429,
    zh: '您今天上传的文件已到上限（{limitMb} MB）。请明天再传，或到大厅办理。',
    en: "You have reached today's upload limit ({limitMb} MB). Continue tomorrow, or come to the hall.",
  },
  'files.in_use': {
    status: 409,
    zh: '这个文件放在申请的材料里，不能直接删除。还没提交的，先从那项材料里拿掉；已经提交的，请等补正通知，或联系办理人员。',
    en: 'This file is among the materials of an application. Before it is filed, take it out of the material first; after that, wait for a correction notice or ask the clerk.',
  },
  'files.key_reused': {
    status: 422,
    zh: '同一个上传编号用在了另一个文件上。请刷新页面后再传一次。',
    en: 'The same upload key was used for another file. Reload the page and upload again.',
  },
  'files.upload_in_progress': {
    status: 409,
    zh: '这个文件正在上传，请等它传完。',
    en: 'This file is being uploaded already; wait until it is done.',
  },
  'files.infected': {
    status: 422,
    zh: '“{name}”查出了病毒，已隔离。请删掉它，换一台设备重新拍照或扫描后再传。',
    en: '"{name}" carries a virus and was quarantined. Delete it, take the picture or scan on another device, and upload that.',
  },
  'files.being_scanned': {
    status: 409,
    zh: '文件正在检查，一般几秒钟。请稍后再打开。',
    en: 'The file is being checked, usually for a few seconds. Open it again shortly.',
  },
  'files.no_such_page': {
    status: 404,
    zh: '这个文件没有第 {page} 页，共 {pages} 页。',
    en: 'This file has no page {page}; it has {pages}.',
  },
  'files.check_unavailable': {
    status: 503,
    zh: '文件检查暂时用不了。您填的内容还在，请过几分钟再传。',
    en: 'Files cannot be checked right now. What you typed is kept; upload again in a few minutes.',
  },
  'files.missing_for_filing': {
    status: 409,
    zh: '有材料找不到或不能用。请回到材料清单，把标出来的重新上传。',
    en: 'Some materials are missing or cannot be used. Go back to the list and upload the marked ones again.',
  },
  'files.damaged': {
    status: 500,
    zh: '这个文件的内容已损坏，工作人员已收到通知。请拨打 12345 询问怎么补交。',
    en: 'The content of this file is damaged; staff have been told. Call 12345 to ask how to hand it in again.',
  },
});
