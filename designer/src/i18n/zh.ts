import type { en } from './en'
import { access } from './access.zh'
import { approval } from './approval.zh'
import { facts } from './facts.zh'
import { operating } from './operating.zh'
import { running } from './running.zh'
import { workspace } from './workspace.zh'
import { writing } from './writing.zh'

// Chinese has one form for every number, so a singular of its own is not asked for.
type Same<T> = { [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : Same<T[K]> }

/** 设计器说的每一句中文。 */
export const zh: Same<typeof en> = {
  ...access, ...approval, ...facts, ...operating, ...running, ...workspace, ...writing,
  app: {
    name: 'Automation', journeys: '旅程', contacts: '联系人', messages: '消息', ledger: '决策记录', operations: '运维', mailbox: '沙箱信箱', templates: '模板', segments: '人群', settings: '设置', users: '用户与密钥',
    accounts: '账号', dark: '深色', light: '浅色', signOut: '退出', language: 'English', skip: '跳到正文', zoneHint: '所有时间均为工作区时区：{{zone}}',
  },
  common: {
    save: '保存', saved: '已保存', saving: '保存中…', cancel: '取消', remove: '移除', close: '关闭', search: '搜索', more: '显示更多', nothing: '这里还什么都没有', retry: '重试', ok: '好', key: '标识', name: '名称',
    updated: '修改于', by: '{{who}}', all: '全部', add: '添加', reload: '刷新', from: '从', to: '到', yes: '是', no: '否', copy: '复制', undo: '撤销', redo: '重做', download: '下载', optional: '可不填',
  },
  signIn: {
    title: '登录', key: 'API 密钥', hint: '服务器首次启动时会打印，也可用 “automation key create” 生成。只保存在此标签页。', go: '登录', wrong: '服务器不认识这个密钥。',
    role: '这个密钥只用来上报事件。请使用管理员或营销人员的密钥。', over: '登录已失效', overHint: '请重新登录后继续，已编辑的内容不会丢失。',
  },
  error: { title: '操作没有成功', offline: '连不上服务器。您的编辑保存在此浏览器中。', broken: '页面出错了，您的编辑保存在此浏览器中。', conflict: '期间有人保存过。' },
  status: { draft: '草稿', published: '运行中', paused: '已暂停', archived: '已归档' },
  journeys: {
    title: '旅程', new: '新建旅程', key: '标识', keyHint: '字母、数字、- 和 _。以后不能改：决策记录用它来称呼。', name: '名称', empty: '还没有旅程，画第一个吧。', search: '搜索名称或标识', version: '版本', inside: '旅程中', entered: '已进入',
    goals: '达成目标', changed: '草稿有改动', startWith: '从这里开始', blank: '空白画布', exists: '已有旅程使用这个标识。', delete: '删除', deleteAsk: '删除“{{name}}”？决策记录会保留。', duplicate: '复制一份', copyOf: '{{name}}（副本）',
  },
  gallery: { welcome: '入群欢迎', purchase: '首购关怀', quiet: '沉睡 30 天唤醒', cart: '弃购挽回', birthday: '生日券', upgrade: '会员升级', activity: '活动提醒', unconfirmed: '员工未确认转短信' },
  canvas: {
    add: '添加步骤', addHere: '在这里添加步骤（A）', palette: '步骤', paletteHint: '拖到“+”上，或按 A', start: '开始于', end: '结束', back: '回到 {{step}}', otherwise: '其他人', came: '已发生', timeout: '超时未发生', failed: '失败', empty: '添加第一个步骤',
    here: '在此 {{count}}', past: '已通过 {{count}}', notSent: '未发 {{count}}', leftHere: '退出 {{count}}', map: '缩略图', findings: '检查结果', noFindings: '没有需要修改的', search: '搜索步骤', removeAsk: '移除“{{name}}”？', removeLost_other: '只有它通往的 {{count}} 个步骤会一并移除。',
    removeHere_other: '现在有 {{count}} 位联系人停在这一步。', copied: '已复制', pasted: '已粘贴', cannotPaste: '请先选择要粘贴在其后的步骤。',
    shortcuts: 'A 添加 · Del 移除 · Ctrl+C/V 复制、粘贴 · Ctrl+Z/Y 撤销、重做 · Ctrl+S 保存 · F 适应画面 · / 搜索 · 方向键移动选择 · Alt+方向键移动步骤',
    journey: '旅程', figures: '数据', lost: '没有步骤通往这里', broken: '无法画出这个文档：{{why}}', heldOut: '对照组',
  },
  draft: {
    saved: '已保存 {{time}}', saving: '保存中…', dirty: '尚未保存', offline: '已存在此浏览器，连不上服务器', signedOut: '已存在此浏览器，重新登录后保存', local: '您有 {{time}} 未保存的改动。', restore: '恢复', discard: '丢弃', conflict: '期间有人保存过',
    conflictHint: '服务器上是修订 {{revision}}，您的版本保留在这里。', conflictSteps: '不同之处（红色为对方的，绿色为您的）：', takeTheirs: '采用对方的', keepMine: '用我的覆盖',
  },
  publish: {
    button: '发布', title: '发布“{{name}}”', first: '发布后立即开始接纳联系人。', changes: '改动', none: '与运行中的版本没有区别。', added: '新增：{{step}}', removed: '移除：{{step}}', changed: '修改：{{step}}', trigger: '触发条件', entry: '进入条件', exit: '退出条件',
    goal: '目标', nameChanged: '名称', inFlight: '旅程中的人', inFlightCount: '现在有 {{count}} 人在旅程中', stay: '留在旧版本直到结束', move: '迁移到新版本的同一步骤', exitNow: '现在退出旅程', gone_other: '其中 {{count}} 人停在已移除的步骤',
    existing: '他们也可以进入', errors_other: '有 {{count}} 个错误，不能发布', rewritten: '此后文案有改动，已经生效：{{template}}', warnings_other: '有 {{count}} 个警告，不妨碍发布', done: '版本 {{version}} 已运行。', go: '立即发布',
  },
  operate: {
    pause: '暂停', pauseTitle: '暂停旅程', pauseHint: '没有人进入，也没有人前进。期间时间怎么算？', counting: '继续计时：等待照常流逝', still: '停止计时：恢复后接着等', resume: '恢复', resumeTitle: '继续运行', held_other: '有 {{count}} 人被扣住，恢复后会同时前进。', spread: '分散到',
    atOnce: '立即', archive: '归档', archiveAsk: '归档这个旅程？不再有人进入，旅程中的人会走完。', sweep: '正在检查所有人：{{asked}} / {{total}}', more: '更多', json: '文档', versions: '历史版本', restore: '放入草稿', jsonCopy: '复制', import: '在此粘贴或拖入文档', take: '采用',
  },
  step: { send: '发送', wait: '等待', wait_for: '等待事件', branch: '条件分支', split: '随机分流', update: '更新资料', emit: '产生事件', call: '调用服务', exit: '结束' },
  group: { reach: '触达', flow: '流程控制', data: '数据' },
  trigger: {
    event: '发生行为', dormant: '沉睡', not_done: '做了甲没做乙', tag: '标签变化', segment: '进入或离开人群', date: '联系人的日期', schedule: '日历', keyword: '发来关键词', manual: '手动或 API',
  },
  form: {
    kind: '触发方式', event: '事件', where: '仅当', occurrence: '仅第几次', occurrenceHint: '1 表示首次购买', quietFor: '沉睡时长', activity: '哪些算活跃', activityHint: '不填表示任何行为', did: '做了', butNot: '没有做', within: '时限', tag: '标签', change: '变化', added: '添加',
    removed: '移除', entered: '进入', left: '离开', segment: '人群', attribute: '日期属性', offset: '偏移', at: '时刻', yearly: '每年', cron: '日历（cron）', cronHint: '分 时 日 月 星期，例如 0 9 * * 1', keywords: '关键词', match: '匹配', equals: '等于', contains: '包含', starts_with: '开头是',
    channel: '渠道', anyChannel: '任何渠道', repeat: '可进入几次', once: '一生一次', always: '上次结束后可再次进入', after: '一段时间后可再次进入', per: '每个取值一次', audience: '谁可以进入', everybody: '所有人', holdout: '对照组', holdoutHint: '％ 的人永不进入', exits: '何时退出', addExit: '添加事件', goal: '目标',
    hasGoal: '统计转化', worth: '价值取自属性', ever: '不限时间', stepName: '自定名称', id: 'ID', idHint: '决策记录和 steps.… 用它称呼这一步', waitFor: '时长', waitUntil: '直到', time: '时刻', days: '星期', date: '联系人的日期', timeout: '最长', branches: '分支', addBranch: '添加分支', otherwise: '其他人',
    variants: '分组', addVariant: '添加分组', weight: '权重', control: '对照：不发送任何消息', template: '模板', account: '账号', accountHint: '不填用工作区默认', quota: '消耗配额', fallback: '未送达时', addFallback: '添加备选方式', onFailure: '彻底失败时', goOn: '继续', exitFail: '到此结束', stuck: '等人处理', other: '转到别的步骤',
    set: '设置属性', unset: '删除属性', addTags: '添加标签', removeTags: '移除标签', properties: '属性', content: '内容', reason: '原因', leadsTo: '之后转到', tail: '后面的步骤', tailAll: '所有分支都汇合到那里', tailOnly: '只有“{{way}}”继续', toEnd: '结束', note: '备注', noteHint: '给人看的，引擎不读', value: '值', textHint: '文字中可用双花括号读取 contact.name、event.amount 等', title: '名称',
    description: '用途', settings: '旅程', entry: '进入', preview: '内容', moveUp: '上移', moveDown: '下移', addPair: '添加一项', unnamed: '选择模板',
  },
  rules: {
    contact: '属性', event: '事件属性', history: '行为', step: '步骤结果', tags: '标签', segments: '人群', lists: '名单', consent: '授权', quota: '配额', count: '{{event}}：次数', first: '{{event}}：首次时间', last: '{{event}}：最近时间', sum: '{{event}}：{{property}} 合计', addRule: '添加条件', addGroup: '添加条件组',
    and: '全部满足', or: '任一满足', not: '取反', within: '最近', ever: '不限', operator: '比较方式', combinator: '全部或任一', own: '其他字段…',
  },
  operator: {
    '=': '等于', '!=': '不等于', '<': '小于', '<=': '不超过', '>': '大于', '>=': '至少', contains: '包含', doesNotContain: '不包含', beginsWith: '开头是', doesNotBeginWith: '开头不是', endsWith: '结尾是', doesNotEndWith: '结尾不是', null: '没有值', notNull: '有值', in: '属于', notIn: '不属于', between: '介于', notBetween: '不介于', date: '到来于', Equals: '等于', Contains: '包含', StartsWith: '开头是', changed_to: '现为',
  },
  span: { d_other: '{{count}} 天', h_other: '{{count}} 小时', m_other: '{{count}} 分钟', s_other: '{{count}} 秒' },
  unit: { d: '天', h: '小时', m: '分钟', s: '秒' },
  day: { mon: '周一', tue: '周二', wed: '周三', thu: '周四', fri: '周五', sat: '周六', sun: '周日' },
  channel: { sms: '短信', wecom: '企业微信', mini_program: '小程序', official_account: '公众号', webhook: 'Webhook', email: '邮件', mini_program_service: '小程序客服', wecom_welcome: '企业微信欢迎语', wecom_app: '企业微信应用', wecom_robot: '企业微信机器人', wecom_group: '企业微信群' },
  identity: { user_id: '用户 ID', anonymous_id: '访客', phone: '手机', union_id: '微信 UnionID', external_user_id: '企业微信', open_id: '微信 OpenID' },
  sentence: {
    event: '发生 {{event}}', eventFirst: '首次发生 {{event}}', eventNth: '第 {{nth}} 次发生 {{event}}', where: '{{sentence}}，且 {{rule}}', and: ' 且 ', or: ' 或 ', not: '不满足（{{rule}}）', moreRules_other: ' 等另外 {{count}} 个条件', dormantOf: '{{span}}没有 {{names}}', dormant: '{{span}}没有任何行为', not_done: '{{did}}后{{span}}内没有 {{butNot}}', tagAdded: '被加上标签“{{tag}}”', tagRemoved: '被移除标签“{{tag}}”', segmentEntered: '进入人群“{{segment}}”',
    segmentLeft: '离开人群“{{segment}}”', date: '“{{attribute}}”当天 {{at}}', dateYearly: '每年“{{attribute}}”当天 {{at}}', dateShift: '“{{attribute}}”{{way}} {{span}}，{{at}}', before: '前', after: '后', schedule: '按日历 {{cron}}', keyword: '发来 {{words}}', manual: '由人加入', waitFor: '等待 {{span}}',
    waitForUntil: '等待 {{span}}，再到{{until}}', waitUntil: '等到{{until}}', untilDay: '{{days}} {{time}}', untilDate: '“{{date}}”当天', untilShift: '“{{date}}”{{way}} {{span}}', waitNothing: '请填写时长', wait_for: '等待 {{event}}，最长 {{span}}', branch_other: '分 {{count}} 路，其余走其他人', branchOne: '如果 {{rule}}',
    split: '随机分到 {{names}}', send: '用{{channel}}发送“{{template}}”', sendThen: '用{{channel}}发送“{{template}}”，{{span}}未达转{{fallback}}', sendNothing: '请选择渠道和模板', set: '设置 {{names}}', unset: '删除 {{names}}', addTags: '加标签 {{names}}', removeTags: '去标签 {{names}}', updateNothing: '请填写要改什么',
    emit: '产生事件 {{event}}', call: '询问“{{account}}”', callNothing: '请选择账号', exit: '旅程到此结束', exitReason: '旅程到此结束：{{reason}}', nothing: '…', everybody: '所有人', within: '（最近 {{span}}）', eventNothing: '请选择事件', once: '一生一次', always: '可多次进入',
    afterSpan: '{{span}}后可再次进入', per: '每个 {{field}} 一次',
  },
  contacts: {
    title: '联系人', find: '按用户 ID、phone:+86…、open_id:wx1:… 查找', nobody: '没有人有这个身份。', id: '联系人', identities: '身份', tags: '标签', last: '最近活跃', inside: '所在旅程', never: '从未', profile: '资料', attributes: '属性', consents: '授权', quotas: '配额', history: '行为', enrollments: '旅程',
    timeline: '时间线', why: '为什么', firstSeen: '首次出现', segments: '人群', lists: '名单', granted: '同意', denied: '拒绝', balance: '剩 {{count}}', times_other: '{{count}} 次', step: '所在步骤', wake: '何时继续', often: '次数', latest: '最近一次', since: '从何时', whyTitle: '这个人为什么进入或没进入、为什么收到或没收到？', whyJourney: '选择旅程',
    whyNothing: '这个旅程从未对此人做过决定：触发条件没有看过他。', retry: '重试', skip: '跳过', end: '结束', stuckBecause: '卡住：{{reason}}', held: '被扣住', enrollmentStatus: '状态', past: '以往的旅程', entered: '进入时间', ended: '结束时间', how: '结果', completed: '走完', reached: '达成目标', moreOf: '只显示最近 {{count}} 次，全部见决策记录。', events: '行为', facts: '决定', done: '已完成。',
  },
  personal: {
    show: '显示个人信息', hide: '重新隐藏', showHint: '以明文显示姓名和号码，决策记录会记录是谁查看的。', export: '导出全部', exportHint: '把此人的全部信息导出为文件，决策记录会记录。', erase: '删除个人信息', erased: '此人的个人信息已删除，决策记录只保留删除这件事。',
    eraseTitle: '删除联系人 {{id}} 的个人信息？', eraseForGood: '此操作无法撤销。', eraseWhat: '以下内容将永久删除：', eraseIdentities_other: '{{count}} 个身份，如手机号、用户 ID', eraseProfile_other: '{{count}} 个属性，以及全部标签、名单、授权和配额', eraseJourneys_other: '正在进行的 {{count}} 个旅程会结束，尚未发出的消息会收回', eraseContents: '做过什么、收到过什么、决策时看到的值：从此无人可读', eraseStays: '保留的只有“何时做过决定”，不含是谁；决策记录的哈希链仍然完整。',
    reason: '原因', reasonHint: '原因会留在决策记录里，请不要写出是谁。', type: '输入 {{id}} 确认',
  },
  enrollment: { waiting: '等待中', waiting_for_event: '等待事件', postponed: '已推迟', awaiting_outcome: '消息发送中', stuck: '卡住' },
  messages: {
    title: '消息', to: '收件人', channel: '渠道', status: '状态', queued: '生成于', template: '模板', journey: '旅程', step: '步骤', reason: '原因', content: '内容', attempt: '第几次', settle: '说明结果', vendorId: '厂商编号', account: '账号',
  },
  attribute: { name: '姓名', city: '城市', level: '等级', language: '语言', birthday: '生日', gender: '性别', email: '邮箱', time_zone: '时区' },
  outbox: { queued: '排队中', sending: '发送中', sent: '已发出', delivered: '已送达', failed: '失败', unknown: '结果未知', cancelled: '已取消' },
  ledger: {
    title: '决策记录', time: '时间', kind: '决定', contact: '联系人', journey: '旅程', step: '步骤', reason: '原因', cause: '起因', actor: '操作人', details: '依据', verify: '校验完整性', intact: '完整无缺：{{facts}} 条记录，{{seals}} 个封条。', broken: '在第 {{sequence}} 条处断裂：{{problem}}', live: '实时',
    summary: '多少，为什么', about: '统计什么', day: '日期', count: '数量', channel: '渠道', account: '账号', message: '消息', from: '起', to: '止',
    abouts: { held_back: '未发或推迟', not_entered: '未进入', failed: '失败', sent: '已发', delivered: '已送达', entered: '进入', ended: '结束' },
  },
  mailbox: { title: '沙箱信箱', hint: '这些是联系人本会收到的消息，没有任何内容离开这台机器。', clear: '清空', total_other: '{{count}} 条消息', empty: '还没有消息。', elsewhere: '这里不是全部，以下渠道不经过沙箱：{{channels}}。', sent: '全部消息', standIns: '在厂商替身上看手机收到了什么（{{page}}）', twice_other: '到达 {{count}} 次' },
  documents: {
    newTemplate: '新建模板', newSegment: '新建人群', live: '保存后立即生效。', json: '文档', deleteAsk: '删除“{{key}}”？', choose: '请在左侧选择。', badJson: '不是 JSON：{{why}}', channel: '渠道', keyExists: '已有相同的标识。',
  },
  settings: { title: '设置', hint: '工作区的时区、免打扰时段、频控、授权和账号。' },
}
