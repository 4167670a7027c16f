import type { Translation } from '../messages.ts';
import type master from '../zh-CN/verify.ts';

export default {
  title: 'Verify a certificate',
  lead: 'Learn whether it is genuine and still in force. By number you see nothing that you did not enter, but the day of registration and whether there are restrictions such as a mortgage or a seizure.',
  scan: 'Photograph the QR code',
  scanHint: "Point your phone's camera at the code on the certificate; the verdict opens at once.",
  file: 'Choose a picture of it',
  number: 'Certificate number',
  numberHint:
    'For example 鲁(2021)聊城市不动产权第0000001号; any kind of brackets will do. For an older house or land certificate, its own number',
  holder: 'Full name of the holder or organisation',
  submit: 'Verify',
  submitting: 'Verifying…',
  needNumber: 'Enter the certificate number',
  incompleteNumber:
    'The number is not complete. Copy it to the end, for example 鲁(2021)聊城市不动产权第0000001号',
  needHolder: 'Enter the full name of the holder',

  resultTitle: 'Verdict',
  valid: 'Genuine and in force',
  validText: 'The number and the holder agree with the register. This registration is in force.',
  validTextScan:
    'The code agrees with the register. This registration is in force. Compare the holder below with the printed one.',
  superseded: 'Genuine, but superseded',
  supersededText:
    'Number and holder are genuine, but a new registration was made on {date}; this certificate is no longer valid.',
  supersededTextNoDate:
    'Number and holder are genuine, but the registration has changed; this certificate is no longer valid.',
  electronicEnded: 'This electronic certificate was cancelled',
  electronicEndedText:
    'The registration stands, but the office cancelled its electronic form on {date}: the file and its code are good for nothing. Ask for a new one, or at a registration hall.',
  cancelled: 'Genuine, but cancelled',
  cancelledText:
    'Number and holder are genuine, but the registration was discharged on {date}; this certificate is no longer valid.',
  cancelledTextNoDate:
    'Number and holder are genuine, but the registration was discharged; this certificate is no longer valid.',
  noMatch: 'No match',
  noMatchText: 'It does not agree with the register. Do not rely on it.',
  noMatchFirst: 'Check the number and the name once more.',
  noMatchThen: 'If they are right, call 12345 or ask at a hall.',
  noMatchWhy: 'To protect holders we do not say which part differs.',
  outOfScope: 'This number cannot be checked here',
  outOfScopeText:
    'Numbers of this form are outside what this site can check. This says nothing about the certificate; please ask at a hall.',
  outOfScopeFirst: 'Check once more that the number is complete and as on the certificate.',
  outOfScopeThen:
    'Certificates of another city are checked where they were issued; bring an older one of this city to a hall.',
  cannot: 'Cannot be checked now',
  cannotText:
    'The register cannot be reached. This says nothing about the certificate; try again in a few minutes, or call 12345.',
  tooMany: 'Too many checks. Try again in {n} seconds.',

  askedNumber: 'Number you entered',
  askedHolder: 'Holder you entered',
  rowNumber: 'Number',
  rowKind: 'Kind',
  kindTitle: 'Title certificate (不动产权证书)',
  kindCertification: 'Registration certificate (不动产登记证明)',
  kindEarlier: 'Certificate from before the unified register (house or land certificate)',
  rowHolder: 'Holder',
  holderSame: 'Agrees with the register',
  rowState: 'State',
  stateCurrent: 'In force (not transferred, not discharged)',
  stateSuperseded: 'Superseded ({date})',
  stateCancelled: 'Discharged ({date})',
  rowLimits: 'Restrictions',
  limitsNone: 'No mortgage, seizure, objection, advance notice or right of residence',
  limitsSome: 'Has: {present}; none of: {absent}',
  limitsAll: 'Has: {present}',
  limitMortgage: 'mortgage',
  limitSeizure: 'seizure',
  limitObjection: 'objection',
  limitPreNotice: 'advance notice',
  limitResidence: 'right of residence',
  listGlue: ', ',
  rowRegistered: 'Registered on',
  rowChecked: 'Checked',
  checkNo: '{time}, reference ',
  askNew: 'Ask for the new certificate and verify that one.',
  askNewText: 'If it cannot be shown, do not pay; call 12345.',
  moment: 'The verdict holds for this moment only. Check again before you trade.',
  print: 'Print this verdict',
  again: 'Verify another',
  sealValid1: '真实',
  sealValid2: '有效',
  sealGenuine1: '签发',
  sealGenuine2: '为真',
  sealChanged1: '已有',
  sealChanged2: '变更',
  sealCancelled1: '已经',
  sealCancelled2: '注销',
  ifNot: 'If it says “no match”',
  ifNotText:
    'Check the number and the name first. If they are right, do not rely on the certificate and call 12345. To protect holders we do not say which part differs.',
  mineTitle: 'My certificates',
  mineLead:
    'Electronic certificates are digitally signed: whoever you give one to can verify it by its QR code. Where a paper certificate is asked for, collect it at the hall.',
  mineProve:
    'Your certificates show here once it is confirmed that you are you, so that nobody else can look under your ID number.',
  mineEmpty: 'None yet. They appear here once a registration is complete. Paper certificates remain valid.',
  mineStart: 'See the services',
  mineDownload: 'Download PDF',
  mineVerify: 'Verify this one',
  mineCase: 'Open the case',
  mineIssued: 'Issued {date}',
  mineHolders: 'Holders: {names}',
  statusValid: 'In force',
  statusSuperseded: 'Superseded',
  statusCancelled: 'Cancelled',
  mineMore: 'Earlier ones',
  tokenTitle: 'Checking the QR code',
  fileReading: 'Looking for the code in the picture…',
  fileNone: 'No code was found in this picture. Take it straight and sharp, or enter number and name.',
  fileForeign: 'This code is not from this site. Beware of false sites; enter number and name instead.',

  ways: 'Three ways; choose one',
  scanLive: 'Scan with the camera',
  scanTitle: 'Scan the code on the certificate',
  scanHelp:
    "Hold the code inside the frame, a hand's breadth away. A dense code is read better in bright light.",
  scanDenied:
    'The camera cannot be opened. Choose a picture or PDF instead, or scan with your phone’s own camera.',
  scanClose: 'Close',
  pickFile: 'Choose a picture or PDF',
  pickHint:
    'A photo of the code, or the PDF of a certificate downloaded here; you can also drop it on this page. It is read on your device and not uploaded.',
  byNumber: 'Or enter number and name',
  paste: 'Paste the text of a scanned code',
  pasteLabel: 'Text or address from the code',
  pasteGo: 'Check',
  pasteNone: 'There is no proof of a certificate in this text. Copy it whole, from start to end.',
  dropHere: 'Let go to check it here',
  offlineReady:
    'This page is now kept on your device: it can check every line of a certificate without a network.',

  proofChecking: 'Checking…',
  proofGenuine: '{paper}: genuine when issued',
  proofGenuineText:
    'The office issued this paper: {paper}. Every line below is exactly as it was then. Compare each with the paper; if it is not a {paper}, do not trust it.',
  proofSigned: '{paper}: signed, but not verified',
  proofSignedText:
    'The lines below carry the office’s signature, but the proof by the log is missing and may have been taken out. Go by what the office answers now, or check by number and name.',
  proofContent: '{paper}: only what is listed below is genuine',
  proofContentText:
    'This PDF lacks the office’s signature of the file and is no original. Ask for the file as downloaded from this site.',
  proofNot: 'Changed, or not genuine',
  proofNotText: 'Do not rely on it.',
  proofAltered: 'It stops agreeing halfway: something was changed, or the office did not make it.',
  proofNotInLog: 'What it says is not what stands in the log: one line or more was changed.',
  proofBadSignature: 'The signature does not hold: the office did not sign it, or it was changed afterwards.',
  proofBadStanding:
    'The statement that it is in force was not made by the office, so nothing of it can be trusted.',
  proofRecordDiffers:
    'What the file says differs from the proof that comes with it: one line or more was changed.',
  proofFileAltered: 'This file is not as the office wrote it: its pages or its content were changed.',
  proofFork:
    'The log that it stands in is not the one that the office publishes now. Call 12345, and keep this certificate.',
  proofCannot: 'This cannot be judged',
  proofCannotText:
    'It does not mean that the certificate is wrong, but it may not be taken for genuine either.',
  proofTruncated:
    'It was not read whole: part of the code or of the text is missing. Scan again, or copy from start to end.',
  proofForeign:
    'This is no proof of a certificate. Scan the large code on the verification page, or choose the PDF from "My certificates".',
  proofNewer:
    'This proof is of a newer form that this page does not know yet. Reload the page with a network and check again.',
  proofUnknownKey:
    'It is not signed with a key that the office published. It may be of another place, or an imitation. Check by number and name, or call 12345.',
  proofNoKeys:
    'This device does not have the office’s public keys yet. Open this page once with a network, then check again.',
  proofNoProof:
    'There is no proof in this file: it may have been saved anew or printed to PDF. Use the PDF as downloaded, or scan the code on the paper.',
  proofUnknownDocument:
    'It carries the office’s signature, but is neither a certificate nor the result of a query. Do not take it for a certificate; check by number and name.',
  proofNext: 'What you can do',
  proofNextNumber: 'Check by number and name of the holder.',
  proofNextCall: 'In doubt call 12345, or bring it to a hall.',

  standingNow: 'Is it still in force?',
  standingAsking: 'Asking the office…',
  standingOffline:
    'The office cannot be reached, so this is all up to the day of issue. Check again with a network to learn whether it is in force.',
  standingSilent:
    'The office gave no answer about this one. Check again in a few minutes; if it is urgent call 12345.',
  standingValid: 'In force now',
  standingWasValid: 'In force when printed',
  standingSuperseded: 'Superseded by a new registration',
  standingCancelled: 'Cancelled, no longer valid',
  standingAsOf: 'Answered and signed by the office as of {time}',
  standingPrinted: 'Stated and signed by the office at printing, as of {time}',
  standingPrintedOnly:
    'The office cannot be reached now. Whether it has changed since printing can be checked with a network only.',
  standingChanged: 'No longer valid since {date}',
  standingSaved: 'Save the statement',

  pagesWhole: 'This PDF is byte for byte what the office wrote, from start to end.',
  pagesUnknown:
    'Only the lines below were checked, not the pages of the file. Where the pages say otherwise, the lines below count.',
  pagesUnsigned: 'The pages may have been changed: go by the lines below, not by what the PDF shows.',

  resultNoCertificate: 'This is a paper about a query of the register, not a certificate of title.',
  resultMoment: 'It states the register as of {time} only; later changes need a new query.',

  factHolders: 'Holder',
  factObligors: 'Obligor',
  factCoOwnership: 'Ownership',
  factAddress: 'Address',
  factUnit: 'Unit code',
  factSubject: 'Kind of right',
  factSubjectCertification: 'Right or matter certified',
  factNature: 'Nature of the right',
  factUse: 'Use',
  factArea: 'Area',
  factTerm: 'Term',
  factNotes: 'Notes',
  factAgency: 'Registration office',
  factRegistered: 'Registered on',
  factMade: 'Issued at',

  proofHow: 'What this rests on',
  proofHowLog:
    'It is entry {index} of the log “{origin}” ({size} entries at that time). The log is only added to, never changed, and open to everybody.',
  proofHowKeys:
    'The keys that signed have these fingerprints. A page cannot prove that the keys it brings are true: in doubt compare them with those posted in the halls.',
  ownTitle: 'Check without this site',
  proofHowOwn:
    'Download the verifier and open it with any browser of your computer: it checks certificate PDFs without a network, and brings the keys that the office has now.',
  proofDownload: 'Download the verifier',
  proofFileName: 'certificate-verifier.html',
  proofDownloadMissed: 'It could not be downloaded. Try again with a network.',
} satisfies Translation<typeof master>;
