/** 书写时的文字：模板、预览、条件、人群。 */
export const writing = {
  variables: { insert: '插入变量', contact: '联系人', event: '事件', steps: '步骤结果', other: '其他' },
  template: {
    form: '表单', document: '文档', addField: '添加字段', name: '名称', preview: '预览', as: '收件人', nobody: '陌生人', withEvent: '触发事件', noEvent: '没有事件', test: '试发到沙箱',
    tested: '已放进沙箱信箱。', refused: '现在不会发给此人：{{reason}}', fault: '无法生成内容：{{why}}', segments_other: '{{count}} 条', characters_other: '{{count}} 字',
    cost: '约 ¥{{amount}}', price: '每条价格（元）', signed: '签名', noticed: '服务通知', open: '打开', picture: '图片', mini: '小程序', fresh: '新建模板', edit: '编辑', used: '用于 {{names}}',
    unused: '还没有旅程使用它', empty: '模板是人们读到的内容，写第一个吧。', length: '{{count}} / 最多 {{most}} 字', mailbox: '打开信箱', pairName: '名称', find: '姓名、用户 ID 或 phone:+86…',
    trial: '试发', placeholder: '您好 {{name}}',
  },
  audience: {
    counting: '正在计算…', count: '符合 {{count}} 人', of: '共 {{total}} 人', about: '约 {{count}} 人符合', sample: '已查 {{asked}} / {{total}} 人', incomplete: '条件还不完整', event: '事件发生时才知道', such: '例如',
  },
  segment: { name: '名称', rule: '包括哪些人', list: '导入的名单：成员由导入决定，不按规则', empty: '人群是起好名字、到处可用的一群人。', sweep: '正在检查所有人：{{asked}} / {{total}}' },
}
