/** Four eyes: asking to publish, and what somebody else says to it. */
export const approval = {
  approval: {
    title: 'Approval', needed: 'Publishing needs somebody else’s approval', neededHint: 'Whoever asks, or changed this draft since it was last published, does not approve it.',
    comment: 'Comment', commentAsk: 'What changes and why, for whoever approves', commentDecide: 'What you think of it; needed to reject',
    ask: 'Ask for approval', approve: 'Approve', approvePublish: 'Approve and publish', reject: 'Reject', withdraw: 'Withdraw',
    done_ask: 'Approval is asked for', done_approve: 'Approved', done_reject: 'Rejected', done_withdraw: 'Withdrawn',
    openBy: '{{who}} asked for approval, {{when}}', own: 'Somebody else approves it, who did not change this draft.', notYou: 'You changed this draft since it was last published, so somebody else approves it.', look: 'You see what was asked for. It goes live exactly so.',
    approvedBy: '{{who}} approved it, {{when}}', approvedHint: 'It goes live exactly as shown here. Another change needs another approval.',
    rejectedBy: '{{who}} rejected it, {{when}}', voidAsked: 'The draft that {{who}} asked about ({{asked}}) was changed by {{other}}, {{when}}', voidApproved: 'The draft that {{who}} approved ({{asked}}) was changed by {{other}}, {{when}}', voidHint: 'So it is not approved any more. Ask again.',
    outdated: 'Somebody saved this journey meanwhile', outdatedHint: 'Load it again to see what there is now.', editors: 'Changed by {{who}}',
    status: { open: 'Waiting for approval', approved: 'Approved', rejected: 'Rejected' },
    all: 'All journeys', waiting: 'Waiting for approval ({{count}})',
    setting: 'Approval before publishing', settingHint: 'One asks, another one approves exactly that content, and then it can be published. Each step is recorded.', none: 'Not needed', required: 'By somebody else', adminsOnly: 'Only admins change this.',
    offAsk: 'Publish without approval from now on?', offHint: 'Whoever may publish can then do it alone. That you turned it off is recorded.', off: 'Turn it off',
  },
}
