/** 检查结果的中文说法，按代码。引擎的原文是英文，保留在提示里。 */
export const findings: Record<string, string> = {
  malformed_json: '不是正确的 JSON', malformed_yaml: '不是正确的 YAML', too_large: '文档超过 1 MB', unreadable_file: '文件无法打开', ignored_file: '这个文件不是文档，已忽略',
  wrong_type: '值的类型不对', missing_property: '缺少必填内容', unknown_key: '没有人读取这个属性，可能是笔误', duplicate_property: '同一属性出现两次', conflicting_keys: '两个属性互相排斥', unknown_trigger: '未知的触发方式',
  unknown_step_type: '未知的步骤类型', unknown_value: '不是可选的值', too_many: '项目太多', too_long: '文字太长', too_deep: '嵌套太深',
  bad_key: '标识为空，或含有字母、数字、_、- 以外的字符', bad_text: '文字为空，或不是有效的文字', bad_number: '数字超出范围', bad_duration: '时长写法不对，应如 15m、24h、30d', bad_time: '时刻应写作 时:分，如 10:00', bad_zone: '未知的时区', bad_cron: '日历写法不对，或永远不会到来',
  unsupported_rule: '引擎没有这种条件写法', unknown_field: '条件查看的字段或步骤不存在', field_out_of_scope: '条件查看的内容此时还不存在', unknown_operator: '未知的比较方式', operator_not_for_field: '比较方式不适合这个字段', value_missing: '条件缺少比较的值', value_not_usable: '条件的值无法与字段比较',
  text_order: '比较大小用了文字，不会匹配任何数字', within_not_usable: '“最近”只能用于行为次数和合计', rule_too_deep: '条件组嵌套太深', rule_too_long: '条件太多', empty_rule: '这条分支符合所有人，后面的分支没有人会走',
  no_steps: '旅程还没有步骤', duplicate_step_id: '两个步骤的 ID 相同', unknown_step: '转到的步骤不存在', unreachable_step: '没有步骤通往这里', cycle_without_wait: '步骤绕成了圈而中间没有等待', empty_branches: '没有分支或分组', weights_not_positive: '分组的权重必须大于 0', duplicate_name: '两条分支或两个分组同名',
  duplicate_key: '标识重复', unknown_template: '没有选择模板，或模板不存在', template_channel_mismatch: '模板属于另一个渠道', unknown_segment: '人群不存在', segment_cycle: '人群互相引用成圈', unknown_channel: '没有选择渠道，或没有连接器支持它', unknown_account: '账号不存在', account_channel_mismatch: '账号不支持这个渠道',
  missing_account: '这个渠道还没有账号，请在设置中指定', empty_content: '模板没有内容', unknown_content_field: '这个渠道的消息没有这个字段', template_syntax: '模板语法有误', unknown_variable: '变量读不到任何值，会显示为空', hidden_by_built_in: '变量名被模板语言占用，会显示为空',
  unseen_name: '没有事件带有这个名称', no_event_at_hand: '这个旅程不由事件触发，读不到 event.*',
}
