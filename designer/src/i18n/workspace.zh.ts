/** 工作区：设置、账号、现成旅程、导入。 */
export const workspace = {
  setup: {
    zone: '时区', zoneHint: '用于没有自己时区的联系人', quiet: '免打扰时段', from: '从', to: '到', postpone: '之后再发', drop: '不再发送', caps: '频控', capsHint: '按每位联系人计，跨所有旅程', atMost: '最多', per: '条，每', all: '所有渠道合计', addCap: '添加频控',
    consent: '授权', required: '同意后才发', assumed: '未拒绝即可发', accounts: '各渠道使用的账号', holdout: '全局对照组：永不触达的联系人比例（%）', late: '超过多久的事件不再触发', retry: '重试', attempts: '最多次数', first: '首次间隔', most: '最长间隔', channel: '渠道', none: '无',
    contactZone: '当地时间 {{time}}（{{zone}}）',
  },
  accounts: {
    title: '账号', hint: '连接器负责与厂商对接；账号是填好凭证的连接器。', fresh: '新建账号', connector: '连接器', test: '测试', healthy: '可用', unhealthy: '不可用', held_other: '引擎扣住：自 {{time}} 起 {{count}} 条消息', secrets: '密钥', secretKept: '已保存，输入可替换',
    limits: '限制', perSecond: '每秒 {{count}} 条', batch: '每次最多 {{count}} 条', characters_other: '最多 {{count}} 字', bytes_other: '最多 {{count}} 字节', perContact: '每位联系人 {{span}}内最多 {{count}} 条', confirm: '需员工逐条确认', receipts: '回执：{{how}}', receipt: { none: '没有', push: '厂商推送', pull: '主动查询' },
    repeat: '可安全重发', installed: '连接器', builtIn: '内置，无需账号', channels: '渠道', none: '还没有账号：所有消息都进入沙箱。', use: '配置', saved: '账号已启用。', deleteAsk: '停用账号“{{key}}”？它的消息会等待。', configuration: '配置', waits: '它的消息会等到账号恢复。',
  },
  holds: {
    hold: '扣住', release: '放行', everything: '全部', holdAll: '扣住全部', releaseAll: '放行全部', holdTitle: '扣住：{{name}}', releaseTitle: '放行：{{name}}', byPerson: '自 {{time}} 起由 {{by}} 扣住', reason: '原因（会写入决策记录）',
    wouldWait_other: '有 {{count}} 条消息在等待发送，将被扣住。', wouldGo_other: '有 {{count}} 条消息在等待，将被放行。', underWay: '{{count}} 条正在发送，无法停止。', others: '其中 {{count}} 条还被另一项扣住。',
    holdHint: '放行之前不会发送，也不会丢失。', releaseHint: '按账号的速率发送；每条都会重新检查授权、频次和免打扰时段。', scope: { channel: '渠道', account: '账号', template: '模板', journey: '旅程' },
  },
  ready: {
    title: '从现成的旅程开始', use: '使用', welcome: '入群问候，次日发优惠，未达转短信', purchase: '首单致谢，一周后回访', quiet: '沉睡 30 天后两种文案对比对照组', cart: '弃购两小时后提醒', birthday: '每年生日当天 10 点',
    upgrade: '升级时祝贺、打标签，一个月后回访', activity: '活动前一天和前一小时各提醒一次', unconfirmed: '由员工发企业微信，未确认则转短信',
  },
  imports: { drop: '把旅程文件拖到这里（JSON 或 YAML）', file: '导入文件', bad: '这个文件不是旅程：{{why}}', link: '复制链接', linked: '链接已复制', yaml: '下载 YAML', json: '下载 JSON', days: '最近 30 天', spark: '最近 30 天进入 {{count}} 人', sparkDay: '{{day}}：{{count}} 人' },
  estimate: { title: '第一天预计', entries_other: '约 {{count}} 人进入', sends_other: '最多发出 {{count}} 条消息', comma: '，', basis_event: '按最近 24 小时内有此行为的人数。', basis_dormant: '未来 24 小时内到期的人数。', basis_date: '未来 24 小时内日期到来的人数，过去的日期不会触发。', basis_segment: '以后进入人群的人会在那时进入。', part: '根据部分联系人推算。', matching_other: '已有 {{count}} 人满足条件。', none: '第一天大概没有人进入。', errors: '修正错误后才能估计。', unknown: '无法预知会有多少人触发。' },
}
