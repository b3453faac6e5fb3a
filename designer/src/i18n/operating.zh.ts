/** 运维页：现状，以及人能做的事。 */
export const operating = {
  operations: {
    title: '运维', waits: '等待中的消息', nothingWaits: '没有等待的消息。', account: '账号', waiting: '等待中', more: '超过 {{count}}', oldest: '最久已等', unknown: '未知结果', failed: '失败（7 天）', dead: '死信', late: '定时延迟', process: '本页由进程 {{process}} 回答：“现在不发送”的账号只是这个进程的；等待的消息、定时延迟、失败和未知结果是所有进程的。',
    onTime: '无', partition: '分区 {{number}}：{{span}}', queue: '队列', envelopes: '信封', queues: '消息队列', closed: '现在不发送', down: '厂商暂不接收，会自动再试。', wrong: '配置有误，等人处理。',
    replay: '重放失败消息', exit: '批量退出', settle: '未知结果', actions: '批量操作', noActions: '最近没有。', begunAt: '开始时间', what: '操作', action: { replay_failed: '重放', exit_people: '退出' }, target: '范围', by: '操作人', progress: '进度', asked: '已处理 {{asked}} / {{before}}', running: '{{asked}} / {{before}}，进行中', replayed_other: '已重放 {{count}} 条', refused_other: '被拒 {{count}}：', others: { replay_failed_other: '另有 {{count}} 条失败消息仍在列，原因见决策记录。', exit_people_other: '此后又有 {{count}} 人到达。' }, everything: '全部', fromTime: '自 {{time}} 起', toTime: '到 {{time}} 止', choose: '请选择', chooseJourney: '请先选择旅程，这里会显示将有多少人、从哪一步退出。',
    reason: '原因（会写入决策记录）', preview: '预览', about_other: '共 {{count}} 条消息。', people_other: '{{count}} 人', exits_other: '将结束 {{count}} 人次的旅程。', nobody: '没有符合的。',
    replayHint: '每条都按现在的授权、配额、频控和免打扰重新决定，发往现在的地址；同一条失败消息绝不会重放两次。', exitHint: '还在待发的消息会收回。此操作不能撤销。',
    any: '不限', why: '失败原因', from: '失败于', version: '版本', begun: '已开始；关闭页面也会继续。', group: { replay_failed: '原因', exit_people: '步骤' }, of: { replay_failed: '账号', exit_people: '版本' }, count: '数量', within: '{{span}}内', ever: '不限',
    delivered: '已送达', notDelivered: '失败', ask: '询问厂商', chosen_other: '已选 {{count}} 条', noUnknown: '所有结果都已知。', said: '厂商怎么说', since: '起始时间', settled_other: '处理了 {{count}} 条，{{news}} 条有了结果。',
    settleTitle: '认定结果', settleHint: '旅程会继续，就像厂商说的一样。', askHint: '只有支持查询的厂商会被询问；答复按厂商的话计。', all: '选择所列全部',
    deadHint: '经消息队列进来、无法读懂的内容。', discard: '丢弃', discardTitle_other: '丢弃 {{count}} 封死信？', discardHint: '丢弃后无法找回。', putBack: '放回', exchange: '来源', bytes: '字节', letterWhy: '原因', seconds: '{{count}} 秒', minutes: '{{count}} 分钟', hoursShort: '{{count}} 小时', days: '{{count}} 天',
  },
}
