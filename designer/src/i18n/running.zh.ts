/** 运行中的旅程：数据、人、单人轨迹。 */
export const running = {
  mode: { edit: '编辑', figures: '运行数据', person: '单人轨迹' },
  people: {
    here: '正在这里', leaves: '何时继续', since: '从何时', nobody: '现在没有人在这里。', byEvent: '等事情发生', stuck: '等人处理', passed: '已通过', reached: '到达这里', hereNow: '正在这里', leftHere: '在这里退出旅程', notSent: '未发送的消息及原因', another: '其中 {{count}} 条改用了备选方式', nothingSent: '{{count}} 人什么都没收到', notCome: '没有到达这里', notComeAll: '已进入旅程但没有到达', notComeBefore: '还在前面的步骤', notComeGone: '在前面退出', notComeElsewhere: '走了别的分支', facts: '这一步的全部记录', notEntered: '未进入及原因', who: '联系人', outcomes: '消息结果',
    nothing: '这里还没有发生过什么。', version: '第 {{version}} 版', ledger: '查看决策记录', entered: '已进入', ended: '走完', left: '中途退出', goal: '达成目标', missed: '未达成目标', rate: '占进入者的 {{percent}}', worth: '价值 {{value}}',
  },
  person: {
    choose: '看谁的轨迹？', none: '此人从未进入这个旅程。', passage: '第 {{n}} 次进入', was: '（当时是 {{value}}）', missing: '没有值', decided: '在这里的决定', never: '没有到过这里。', open: '打开联系人', now: '现在在这里', leaves: '{{time}} 继续', until: '到 {{time}} 为止', why: '未进入：{{reason}}', hint: '走过的路已加粗，点击步骤查看依据。',
  },
}
