import type { approval as english } from './approval.en'

export const approval: typeof english = {
  approval: {
    title: '审批', needed: '发布前须由他人审批', neededHint: '申请人，以及上次发布后改过这份草稿的人，都不能审批。',
    comment: '说明', commentAsk: '改了什么、为什么改，写给审批人看', commentDecide: '审批意见；驳回时必填',
    ask: '申请审批', approve: '批准', approvePublish: '批准并发布', reject: '驳回', withdraw: '撤回',
    done_ask: '已申请审批', done_approve: '已批准', done_reject: '已驳回', done_withdraw: '已撤回',
    openBy: '{{who}} 申请了审批，{{when}}', own: '须由没有改过这份草稿的其他人审批。', notYou: '上次发布后您改过这份草稿，须由其他人审批。', look: '这里显示的就是申请的内容，批准后原样上线。',
    approvedBy: '{{who}} 已批准，{{when}}', approvedHint: '将按这里显示的内容原样上线；再有改动须重新审批。',
    rejectedBy: '{{who}} 已驳回，{{when}}', voidAsked: '{{who}} 申请审批的草稿（{{asked}}）被 {{other}} 改动，{{when}}', voidApproved: '{{who}} 批准的草稿（{{asked}}）被 {{other}} 改动，{{when}}', voidHint: '原申请已作废，请重新申请。',
    outdated: '期间有人保存了这个旅程', outdatedHint: '请重新载入，查看现在的内容。', editors: '改动人：{{who}}',
    status: { open: '待审批', approved: '已批准', rejected: '已驳回' },
    all: '全部旅程', waiting: '待审批（{{count}}）',
    setting: '发布前审批', settingHint: '一人申请，另一人批准这份内容，之后才能发布；每一步都有记录。', none: '不需要', required: '须他人审批', adminsOnly: '只有管理员可以更改。',
    offAsk: '从现在起无需审批即可发布？', offHint: '之后有发布权限的人可以独自发布；关闭审批会留下记录。', off: '关闭审批',
  },
}
