import { defineErrors } from '../../platform/errors.ts';

export const errors = defineErrors({
  'applications.not_found': {
    status: 404,
    zh: '没有找到这一件，或您不能查看。请核对办件编号，或到“我的办件”里找。',
    en: 'No such case, or you may not see it. Check the number, or look under "My cases".',
  },
  'applications.stale_draft': {
    status: 409,
    zh: '您在另一处改过这份草稿。请选择用哪一份，两份的不同已列出。',
    en: 'This draft was changed in another place. Choose which one to keep; the differences are listed.',
  },
  'applications.field_differs': {
    status: 409,
    zh: '这一项在另一处改过。',
    en: 'This item was changed in another place.',
  },
  'applications.changed_meanwhile': {
    status: 409,
    zh: '这一件刚刚有了变化。请看最新情况后再操作。',
    en: 'This case has just changed. Look at its latest state, then act again.',
  },
  'applications.decided_on_old_filing': {
    status: 409,
    zh: '您打开之后，申请人改过内容或换过材料。请看过现在的内容再决定。',
    en: 'The applicant has changed the application since you opened it. Look at it as it is now, then decide.',
  },
  'applications.key_reused': {
    status: 422,
    zh: '这个请求编号已用于另一份内容。请刷新页面后再试。',
    en: 'This request key was used for something else. Reload the page and try again.',
  },
  'applications.act_not_possible': {
    status: 409,
    zh: '这一件现在是“{status}”，不能做这一步。请看最新情况。',
    en: 'The case is now "{status}"; this step is not possible. Look at its latest state.',
  },
  'applications.type_not_open': {
    status: 422,
    zh: '这项业务不能由您的账户网上申请。{who}',
    en: 'Your account cannot apply for this service online. {who}',
  },
  'applications.too_many_drafts': {
    status: 409,
    zh: '您有 {count} 份没提交的草稿。请先提交或删除一份。',
    en: 'You have {count} drafts that were not submitted. Submit or delete one first.',
  },
  'applications.list_too_long': {
    status: 422,
    zh: '有一项里的人太多，没有保存。网上办不了这么多人的，请带材料到任一登记大厅办理。',
    en: 'One of the lists has too many entries, so it was not saved. Cases with so many people are handled at any registration hall.',
  },
  'applications.draft_too_large': {
    status: 422,
    zh: '填写的内容太多，没有保存。一份草稿最多 {limitKiB} KB，请删短一些。',
    en: 'There is too much text, so it was not saved. A draft holds at most {limitKiB} KB; please shorten it.',
  },
  'applications.wrong_key': {
    status: 422,
    zh: '没有“{key}”这一项，请刷新页面后再填。',
    en: 'There is no item "{key}"; reload the page.',
  },
  'applications.name_not_verified': {
    status: 403,
    zh: '提交前要核验实名。请带身份证到任一登记大厅窗口核验一次，之后都可网上办。',
    en: 'Your name must be verified before filing. Bring your ID card to any registration hall once.',
  },
  'applications.incomplete': {
    status: 422,
    zh: '还有 {count} 处要填或要改，已逐项标出。',
    en: '{count} items still need your attention; each is marked.',
  },
  'applications.unit_needed': {
    status: 422,
    zh: '请填写不动产单元号。它在不动产权证书第一页，28 位。',
    en: 'Give the unit code: 28 characters, on the first page of the certificate.',
  },
  'applications.unit_unknown': {
    status: 422,
    zh: '登记簿里没有这个不动产单元号，请对照证书再看一遍。',
    en: 'The register has no such unit code; compare it with the certificate.',
  },
  'applications.unit_elsewhere': {
    status: 422,
    zh: '这处不动产不在本市登记范围内，请到不动产所在地的登记机构办理。',
    en: 'This property lies outside this city; apply at the registration office of its place.',
  },
  'applications.not_holder': {
    status: 422,
    zh: '与登记簿上的权利人不一致。请核对姓名和证件号，权利人要全部列出。',
    en: 'This differs from the holders in the register. Check names and numbers; all holders must be listed.',
  },
  'applications.giver_differs': {
    status: 422,
    zh: '这里填的人与登记簿不一致：姓名（名称）、证件号或人数里有不对的。请向对方要不动产权证书（登记证明）和证件，逐字核对，权利人要全部列出。为保护权利人，不说是哪一处不对。',
    en: 'Those named here differ from the register: in a name, an ID number, or how many they are. Ask them for the certificate and their documents, compare every character, and list every holder. To protect the holders we do not say which it is.',
  },
  'applications.too_many_givers': {
    status: 429,
    zh: '今天与登记簿不一致的次数太多，为保护权利人，明天再发。请先向对方要证件核对，或带材料到任一登记大厅办理。',
    en: 'Too many of your requests differed from the register today. To protect the holders, send again tomorrow; check the documents with the others first, or go to any registration hall.',
  },
  'applications.not_mortgagee': {
    status: 422,
    zh: '登记簿上没有您填写的抵押权人。请对照不动产登记证明填写。',
    en: 'The register has no such mortgagee. Copy it from the certification of registration.',
  },
  'applications.minor_needs_guardian': {
    status: 422,
    zh: '不满 18 周岁的人要由监护人代为申请，网上还不能办。请预约登记大厅，带上监护关系材料和“为被监护人利益”的书面保证。',
    en: 'A guardian applies for a person under 18, which is not possible online yet. Book a registration hall and bring proof of guardianship with a written guarantee that it serves the ward.',
  },
  'applications.id_kind_differs': {
    status: 422,
    zh: '这是居民身份证号码，证件种类请选“居民身份证”。',
    en: 'This is the number of a resident identity card: choose that as the kind of document.',
  },
  'applications.party_needs_counter': {
    status: 422,
    zh: '用这种证件的人现在还不能在网上签名确认。请预约登记大厅，由各方带证件原件到窗口办理；已经填好的内容会保留。',
    en: 'Who has this kind of document cannot sign online yet. Book a registration hall, where all parties apply with their documents; what you filled in is kept.',
  },
  'applications.name_differs': {
    status: 422,
    zh: '姓名（名称）和登记簿上的、或您实名核验的不一致。请照证件逐字核对。',
    en: 'The name differs from the register, or from the name you were verified under. Compare it with the document, character by character.',
  },
  'applications.own_name_differs': {
    status: 409,
    zh: '申请里写的您的姓名（名称）是“{name}”，和您实名核验的不一样。请选“不同意”并写明，等对方改好再签。',
    en: 'The application calls you "{name}", which is not the name you were verified under. Decline with that reason, and sign once it is put right.',
  },
  'applications.you_not_party': {
    status: 422,
    zh: '申请人里没有您。请把您本人（或您的单位）填进当事人。',
    en: 'You are not among the applicants. Add yourself or your organisation.',
  },
  'applications.material_missing': {
    status: 422,
    zh: '还缺“{material}”。',
    en: '"{material}" is still missing.',
  },
  'applications.material_unknown': {
    status: 422,
    zh: '这项业务不用交这一种材料。',
    en: 'This service does not ask for such a material.',
  },
  'applications.file_unknown': {
    status: 422,
    zh: '没有找到刚上传的文件，请重新上传。',
    en: 'The uploaded file was not found; upload it again.',
  },
  'applications.file_unusable': {
    status: 422,
    zh: '“{material}”里有文件没有通过安全检查，请换一个文件。',
    en: 'A file of "{material}" did not pass the safety check; use another file.',
  },
  'applications.file_altered': {
    status: 409,
    zh: '“{material}”里的文件与提交时不一致，已停止办理。请通知信息科。',
    en: 'A file of "{material}" differs from what was filed. Work stops; tell the administrators.',
  },
  'applications.statements_missing': {
    status: 422,
    zh: '请逐条确认下面的声明。',
    en: 'Confirm each of the statements below.',
  },
  'applications.consent_missing': {
    status: 409,
    zh: '还要等 {names} 确认并签名，才能提交。',
    en: '{names} must still confirm and sign before you can file.',
  },
  'applications.consent_not_needed': {
    status: 409,
    zh: '这一件没有要确认的其他人，可以直接提交。',
    en: 'Nobody else has to confirm this case; you can file it at once.',
  },
  'applications.not_invited': {
    status: 409,
    zh: '这一件现在不等您确认。',
    en: 'This case is not waiting for your confirmation.',
  },
  'applications.filing_changed': {
    status: 409,
    zh: '内容刚刚改过。请重新看一遍，再签名。',
    en: 'What will be filed has just changed. Read it again before you sign.',
  },
  'applications.reason_needed': {
    status: 422,
    zh: '请写明理由。',
    en: 'Give the reason.',
  },
  'applications.conflict': {
    status: 409,
    zh: '{reason}',
    en: '{reason}',
  },
  'applications.not_yours_to_act': {
    status: 403,
    zh: '这一步要由{role}来做。',
    en: 'This step belongs to {role}.',
  },
  'applications.recused': {
    status: 403,
    zh: '您是这一件的当事人，或替当事人办过这一件，应当回避。',
    en: 'You are a party to this case, or acted for one, so a colleague handles it.',
  },
  'applications.claimed_by_other': {
    status: 409,
    zh: '{name} 已经领取了这一件。',
    en: '{name} has already taken this case.',
  },
  'applications.not_claimed': {
    status: 409,
    zh: '请先领取这一件，再办理。',
    en: 'Take this case first, then act on it.',
  },
  'applications.deemed_accepted': {
    status: 409,
    zh: '答复期限已过，这一件依法视为受理，不能再不予受理，也不能在受理前要求补正。请先受理；受理后可以要求补正，不符合条件的作不予登记。',
    en: 'The time to answer has passed: by law this case counts as accepted and can no longer be declined or sent back before acceptance. Accept it; then ask for what is missing, or refuse registration where the conditions are not met.',
  },
  'applications.acceptor_cannot': {
    status: 403,
    zh: '受理人不能核定、登簿，要由另一人来办。',
    en: 'Who accepted a case cannot approve or record it; another person must.',
  },
  'applications.people_not_distinct': {
    status: 403,
    zh: '这类业务要由 {count} 个不同的人审核，您已在这一件上签过意见。',
    en: 'This kind of case needs {count} different people; you have already signed an opinion on it.',
  },
  'applications.wrong_step': {
    status: 409,
    zh: '现在是“{step}”这一步，请按顺序办理。',
    en: 'The case is at the step "{step}"; follow the order of steps.',
  },
  'applications.is_paused': {
    status: 409,
    zh: '办理时间正暂停，恢复后才能继续。',
    en: 'The case is paused; resume it first.',
  },
  'applications.not_paused': {
    status: 409,
    zh: '这一件没有暂停。',
    en: 'This case is not paused.',
  },
  'applications.supplement_open': {
    status: 409,
    zh: '已发出补正通知，正等申请人补齐。',
    en: 'A supplement was already asked for; the applicant has not answered yet.',
  },
  'applications.ground_not_open': {
    status: 422,
    zh: '这一类业务不能用这个理由。法院嘱托的只能按所列原因退回，不作实体审查。',
    en: 'This ground is not open for this type. An order of a court is sent back only on the grounds listed.',
  },
  'applications.supplement_running': {
    status: 409,
    zh: '补正告知书给的期限到 {day}，期限内不能作不予登记，也不能退回。收到补正或期限过后再办。',
    en: 'The notice gave until {day}. Refuse or send back only after the answer, or once that term is over.',
  },
  'applications.supplement_not_overdue': {
    status: 409,
    zh: '没有过了期限的补正通知，不能用这个理由。请选别的理由，或等期限过后再办。',
    en: 'No supplement is overdue, so this ground is not open. Choose another, or wait until the term has passed.',
  },
  'applications.reviewed_already': {
    status: 403,
    zh: '您审核过前一步，这一步要由另一人来核。',
    en: 'You passed the step before; another person must look at this one.',
  },
  'applications.no_open_defects': {
    status: 409,
    zh: '这一件现在没有要补正的内容。',
    en: 'Nothing has to be corrected on this case now.',
  },
  'applications.defect_unknown': {
    status: 422,
    zh: '补正项要写明是哪一份材料或哪一项内容。',
    en: 'Each defect must name a material or a field of this service.',
  },
  'applications.defect_only': {
    status: 409,
    zh: '补正期间只能改通知里列出的内容。',
    en: 'While correcting, only what the notice lists can be changed.',
  },
  'applications.due_day_past': {
    status: 422,
    zh: '日期要在今天以后，最长 90 日。',
    en: 'The day must be after today, at most 90 days ahead.',
  },
  'applications.checks_missing': {
    status: 422,
    zh: '还有 {count} 项没有核对。',
    en: '{count} items are not checked yet.',
  },
  'applications.checks_differ': {
    status: 422,
    zh: '有 {count} 项核对为“不一致”，不能通过。请发补正通知或不予登记。',
    en: '{count} items differ, so the step cannot be passed. Ask for a supplement or refuse.',
  },
  'applications.go_to_needed': {
    status: 422,
    zh: '不属于本机构登记范围的，要告诉申请人到哪里办理（条例17条）。',
    en: 'When another office is competent, the applicant must be told which one.',
  },
  'applications.order_not_paused': {
    status: 409,
    zh: '法院嘱托要立即办理，不能暂停计时；缺手续的，请发补正通知。',
    en: 'An order of a court is carried out at once and not paused. Where a paper is missing, ask for it.',
  },
  'applications.not_extended': {
    status: 409,
    zh: '即时办结的事项和法院嘱托要当场办理，不能延长期限。请尽快办结；缺材料的，请发补正通知。',
    en: 'What is done at once, and an order of a court, cannot be given more time. Please complete it; where a paper is missing, ask for it.',
  },
  'applications.pause_reason_unknown': {
    status: 422,
    zh: '这类业务没有“{reason}”这个环节，不能用它暂停计时，请选别的事由。',
    en: 'This type has no such stage ({reason}), so it cannot stop the clock. Choose another reason.',
  },
  'applications.pause_reason_not_open': {
    status: 422,
    zh: '这个暂停事由由系统自动处理，不能手工选择。',
    en: 'This reason is set by the system and cannot be chosen.',
  },
  'applications.withdrawal_open': {
    status: 409,
    zh: '已有人申请撤回，正等其他申请人确认。',
    en: 'A withdrawal was already asked for; the other applicants have not all answered.',
  },
  'applications.no_withdrawal': {
    status: 409,
    zh: '没有要确认的撤回申请。',
    en: 'There is no withdrawal to confirm.',
  },
  'applications.extension_open': {
    status: 409,
    zh: '已经申请了延长，正等批准。',
    en: 'An extension was already asked for and waits for a decision.',
  },
  'applications.no_extension': {
    status: 409,
    zh: '没有等批准的延长申请。',
    en: 'There is no extension to decide on.',
  },
  'applications.extension_own': {
    status: 403,
    zh: '延长要由另一个人批准：您是申请人或者办件人。',
    en: 'An extension is approved by somebody else: you asked for it, or the case is yours.',
  },
  'applications.extension_past_cap': {
    status: 422,
    zh: '最多还能延长 {most} 个工作日，不能超过法定期限。',
    en: 'At most {most} more working days are possible: never past the statutory limit.',
  },
  'applications.extension_late': {
    status: 409,
    zh: '承诺期限已过，不能再延长。请尽快办结。',
    en: 'The promised day has passed, so it cannot be extended any more. Please complete the case.',
  },
  'applications.certificates_pending': {
    status: 409,
    zh: '电子证照还在生成，请过一会儿再发证。',
    en: 'The electronic certificates are still being made; try again shortly.',
  },
  'applications.cursor_wrong': {
    status: 400,
    zh: '这一页的链接不对，请从第一页重新看。',
    en: 'This page link is not right; start again from the first page.',
  },
  'applications.progress_not_found': {
    status: 404,
    zh: '没有查到。请对照受理凭证核对受理编号和查询码。',
    en: 'Nothing found. Compare the number and the query code with the acceptance receipt.',
  },
  'applications.document_not_found': {
    status: 404,
    zh: '没有找到这份文书。',
    en: 'No such document.',
  },
});
