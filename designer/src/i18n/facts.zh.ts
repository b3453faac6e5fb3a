/** 决策记录中的事实和原因，用平常话说；代码仍在旁边。 */
export const facts = {
  fact: {
    wait_started: '开始等待', wait_ended: '等待结束', branch_taken: '走了一条分支', variant_drawn: '分到一组', message_queued: '生成消息', message_suppressed: '消息未发', message_postponed: '消息推迟',
    message_sent: '厂商已接收', message_progressed: '消息在途中', message_delivered: '消息已送达', message_failed: '消息失败', retry_scheduled: '稍后重试', message_retried: '再次发送', receipt_given_up: '没有等到回执',
    message_replayed: '失败消息重放', replay_refused: '没有重放', bulk_action_started: '批量操作开始', bulk_action_ended: '批量操作结束',
    message_unknown: '结果未知', fallback_started: '改用备选方式', call_answered: '服务已回答', contact_updated: '资料已更新', event_emitted: '产生了事件', stuck: '卡住', unstuck: '继续前进', held: '因暂停被扣住',
    released: '暂停后继续', moved: '迁移到新版本', exited: '退出旅程', completed: '走完旅程', stimulus_rejected: '不适用', event_too_late: '事件太旧', tags_changed: '标签变化', lists_changed: '名单变化',
    consent_changed: '授权变化', quota_changed: '配额变化', segment_entered: '进入人群', segment_left: '离开人群', contact_absorbed: '并入另一位联系人', contact_merged: '被并入另一位联系人', personal_data_seen: '个人信息被查看', personal_data_exported: '个人信息被导出', contact_erased: '个人信息已删除', trigger_armed: '前一半已发生',
    trigger_disarmed: '后一半及时发生', trigger_fired: '期限已到', not_enrolled: '未进入', enrolled: '进入旅程', goal_watched: '开始关注目标', goal_reached: '达成目标', goal_missed: '未达成目标', definition_saved: '保存文档',
    definition_deleted: '删除文档', journey_published: '发布旅程', journey_paused: '暂停旅程', journey_resumed: '恢复旅程', journey_archived: '归档旅程', schedule_swept: '日历时间到', key_created: '创建密钥', messages_held: '扣住消息', messages_released: '放行消息',
    approval_asked: '申请审批', approval_given: '批准', approval_rejected: '驳回', approval_withdrawn: '撤回申请', approval_voided: '申请作废', approval_set: '更改发布前审批',
    key_revoked: '吊销密钥', signed_in: '登录', sign_ins_failed: '登录失败', sign_in_locked: '因猜测被暂时锁定', sessions_ended: '结束登录', user_changed: '用户变更', imported: '导入联系人', events_rejected: '拒收事件',
  },
  looked: {
    localTime: '当地时间', lastActivity: '最近活动', firstSeen: '首次出现', sends: '消息数', sendsOf: '{{channel}}条数', enrollment: '正在进行的旅程', lastEnrollment: '上次进入', age: '事件已过去', text: '发来的文字', channel: '所用渠道',
    draw: '对照组抽签值', heldOut: '属于对照组', length: '文字长度', bytes: '字节数', within: '{{span}}内的{{name}}', ago: '{{span}}前',
  },
  why: {
    trigger_not_matched: '发生的事不是触发条件', audience_not_matched: '不在可进入的人之内', already_enrolled: '已经在旅程中', entered_before: '以前进入过', too_late: '事件太旧', held_out: '属于对照组', journey_paused: '旅程已暂停',
    existing_not_counted: '发布之前就已满足', too_many_enrollments: '同时在太多旅程中', no_address: '没有这个渠道的地址', no_consent: '没有授权', no_quota: '配额用完', frequency_cap: '近期消息太多', quiet_hours: '免打扰时段',
    render_failed: '模板无法生成内容', too_large: '超过渠道长度', retry_later: '厂商要求稍后再发', fix_configuration: '账号配置有误', bad_address: '地址不存在', quota_gone: '厂商额度用完',
    content_refused: '厂商拒绝此内容', unknown_outcome: '无人知道结果', attempts_exhausted: '重试次数用完', superseded: '已被另一条消息取代', no_account: '渠道没有账号', timed_out: '超时没有回答', hold_released: '曾被扣住，现已放行', exit_rule: '发生了退出事件',
    exit_step: '到达结束步骤', step_failed: '步骤失败', step_gone: '步骤已不存在', version_exited: '随版本结束', step_limit: '一次经过太多步骤', invariant_broken: '引擎的故障', merged: '已并入另一位联系人', unknown_message: '没有这条消息',
    already_replayed: '已经重放过',
    message_settled: '结果已经知道', unknown_journey: '没有这个旅程', unknown_enrollment: '不在旅程中', not_stuck: '没有卡住', nothing_due: '没有到期的事', nothing_to_change: '没有变化', contact_merged: '已并入另一位联系人', deadline_changed: '期限已变',
    emit_depth: '事件连环太深', identity_taken: '身份属于别人', clock_ahead: '发送方时钟超前', ended_by_hand: '手动结束', erased: '个人信息已删除',
  },
}
