import type { Translation } from '../messages.ts';
import type master from '../zh-CN/help.ts';

export default {
  title: 'Help',
  lead: 'Common questions. If yours is missing, call 12345, day and night, and say “不动产登记”.',
  q1: 'Which service do I need?',
  a1: 'Open “Services” and start from what happened, such as “loan paid off”, or search in your own words. Each service has a check of at most three questions.',
  q2: 'What is name verification, and why one visit?',
  a2: 'Before you submit we must know that the account is yours. Bring your ID card to any hall and read out the code on your “Me” page; about 3 minutes, once for all services.',
  q3: 'What does “shared, not needed” mean?',
  a3: 'What police, tax and housing authorities already hold we fetch ourselves. If it cannot be fetched, the page says what to prepare.',
  q4: 'How are working days counted?',
  a4: 'From the day after acceptance. Weekends and public holidays are not counted, worked weekend days are. Time for missing papers, tax, fees and public notices is not counted. Every case has a day-by-day sheet with the basis of each day.',
  q5: 'Do I lose what I typed if I leave?',
  a5: 'No. It saves as you type, and you can go on with another device. How long a draft is kept stands on its page.',
  q6: 'Must the other party come with me?',
  a6: 'No. They are told, read exactly what will be filed, and sign with a password or code. Any later change voids the signatures.',
  q7: 'What if papers are missing?',
  a7: 'You are told everything at once: what, how and until when. After acceptance the clock pauses meanwhile.',
  q8: 'What if it is refused?',
  a8: 'The notice gives reasons and law. You may ask for administrative review within 60 days or sue within 6 months.',
  q9: 'How do I check a certificate?',
  a9: 'Open “Verify”, enter number and holder, or scan its QR code. You learn whether it is right and in force and whether it is mortgaged or seized; no name or number of others is shown.',
  q10: 'I forgot my password.',
  a10: 'Come to any hall with your ID card for a reset code, valid for 30 minutes. There is no reset by text message, so that nobody who has your phone can change it.',
  stuckTitle: 'Report a problem',
  stuckText: 'If it cannot be done online or at a hall, or you are not satisfied:',
  stuck1: 'Call 12345, say “不动产登记，办不成事” and give your case number.',
  stuck2: 'Go to the window for unresolved matters in any hall.',
  stuck3: 'About time limits, bring the printed day-by-day sheet of your case.',
  legalTitle: 'Terms',
  term1: 'Recording (登簿)',
  meaning1: 'Entry in the register; the registration takes effect then.',
  term2: 'Acceptance (受理)',
  meaning2: 'The authority takes the application and the clock starts.',
  term3: 'Correction (补正)',
  meaning3: 'Missing or wrong papers are completed as the notice says.',
  term4: 'Current (现势)',
  meaning4: 'The registration in force now, as against history.',
  term5: 'Seizure (查封)',
  meaning5: 'A court restricts disposal; no transfer or mortgage before it is lifted.',
  term6: 'Objection (异议登记)',
  meaning6:
    'Somebody says the register is wrong; a warning to buyers. It lapses after 15 days without a lawsuit.',
  term7: 'Advance notice (预告登记)',
  meaning7:
    'Registered after signing a purchase, so that it cannot be sold to another. It lapses 90 days after registration became possible.',

  accTitle: 'Accessibility',
  accLead: 'Everybody should be able to finish alone. Built to WCAG 2.2 AA and GB/T 37668-2019.',
  acc1: 'Everything works by keyboard alone. The first stop is “Skip to content”.',
  acc2: 'Screen readers hear every error and every change of state.',
  acc3: 'No sideways scrolling at 400% zoom or 320 pixels.',
  acc4: 'Colour never stands alone; a word or a shape stands beside it.',
  acc5: 'No picture puzzles; passwords can be pasted.',
  acc6: 'Nothing pops up by itself. Before signing you out we ask, and what you typed stays.',
  acc7: 'Dark, high contrast and reduced motion follow your system.',
  accElderTitle: 'Large view (长辈版)',
  accElder:
    'On every page, top right: three text sizes, large buttons, fewer things on a page, reading aloud, the phone on top. Same functions and data.',
  accKnownTitle: 'Not there yet',
  accKnown1: 'Pictures and PDFs come from those who upload them; readers may not read the text inside.',
  accKnown2: "Reading aloud uses your device's voice; some have none for Chinese.",
  accReportTitle: 'Met a barrier?',
  accReport: 'Call 12345, say “不动产登记网站，无障碍”, and tell us the page and your device.',

  privacyTitle: 'Privacy notice',
  privacyLead:
    'Registration needs your data. We take only what is needed, keep it encrypted, and record every look.',
  p1: 'What and why',
  p1text:
    'Name, ID number and phone: to know that it is you and to reach you. Applications and papers: to register under art. 16 of the Interim Regulation. Times and devices of sign-in: to protect your account. Nothing else, no third-party statistics, no advertising.',
  p2: 'How it is kept',
  p2text:
    'ID numbers, phones and papers are encrypted; look-ups use a fingerprint that cannot be reversed. Passwords are never stored. The register and archived papers are kept as the law says; drafts that are not submitted are deleted.',
  p3: 'Who sees it',
  p3text:
    'The staff who handle your case, each only what the role needs, and every look is recorded. Whoever verifies a certificate learns only whether it is right and in force. Searches follow the Interim Measures on Registration Data.',
  p4: 'Sharing',
  p4text:
    'So that you need not bring the same papers again, we check with police, tax, housing and market authorities under art. 24 of the Interim Regulation, and only what the case needs.',
  p5: 'Your rights',
  p5text:
    'You may see your data and cases, correct mistakes and close your account. The register is corrected as the law says. Ask at any hall or call 12345, under arts. 45–47 of the Personal Information Protection Law.',
  p6: 'On your device',
  p6text:
    'One cookie to stay signed in and one for the language. Text size and colours stay in your browser. No tracking.',
  privacyVersion:
    'Version 1, from 1 January 2026. Changes are announced before, and you are asked again where needed.',

  statusTitle: 'Service status',
  statusOk: 'Everything works',
  statusOkText: 'Checked just now: the site and the register answer.',
  statusBad: 'Part of it is down',
  statusBadText:
    'The register cannot be reached and is being restored. Submitted cases are not affected; pages keep what you typed. If urgent, call 12345.',
  statusUnknown: 'The server cannot be reached',
  statusUnknownText: 'It may be your network, or maintenance. Try again in a few minutes, or call 12345.',
  statusChecked: 'Checked at {time}',
  statusAgain: 'Check again',
  statusPlan: 'This page checks at the moment you open it. When the site is down, the halls stay open.',
} satisfies Translation<typeof master>;
