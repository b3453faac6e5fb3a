/** 登录、自己的账户、用户和密钥。 */
export const access = {
  access: {
    name: '用户名', nameHint: '字母、汉字、数字和 . _ - @。以后不能改：决策记录用它来称呼您。', password: '密码', newPassword: '新密码', passwordHint: '至少 12 个字符；几个词连在一起容易记住。', again: '再输一次', differs: '两次输入不一样。',
    code: '验证码', codeHint: '身份验证器应用里的数字，或一个恢复码。', withKey: '用密钥登录', withName: '用用户名登录', begin: '开始',
    purpose: { set_up: '初始设置', invitation: '欢迎', reset: '重设密码' },
    welcome: { set_up: '您是第一位，将成为管理员。此链接只能用一次。', invitation: '您的用户名是“{{name}}”。请设置密码。', reset: '您的用户名是“{{name}}”。请设置新密码。' },
    refused: {
      wrong_credentials: '用户名、密码或验证码有误。', locked_out: '错误次数太多，请等一刻钟。', unknown_link: '此链接已用过、已过期或不存在。请找管理员再要一个。', weak_password: '这个密码太容易猜到：至少 12 个字符，不含用户名，也不能是人人皆知的。',
      bad_name: '这不是用户名：2 到 64 个字母、汉字、数字和 . _ - @。', user_exists: '已有人使用此用户名。', already_set_up: '已经有管理员了。请向其索取邀请。', too_many_requests: '同时登录的人太多，请稍后再试。', wrong_password: '这不是您的密码。', wrong_code: '验证码有误。手机的时间对吗？',
      last_admin: '必须留下一位管理员。', cross_site: '浏览器说这是别的网站发起的。', missing_token: '页面比登录旧。请再试一次。',
    },
    account: '我的账户', you: '当前用户 {{name}}，{{role}}', changePassword: '修改密码', oldPassword: '现在的密码', changed: '密码已修改，其他登录已结束。',
    factor: '两步验证', factorOff: '未开启。开启后，只偷到密码也进不来。', factorOn_other: '已开启，还剩 {{count}} 个恢复码。', factorTake: '开启', factorLeave: '关闭', factorScan: '用身份验证器应用扫描，或输入 {{secret}}，再填入它显示的数字。',
    recovery: '恢复码', recoveryHint: '手机不在身边时，每个可用一次。只显示这一次，请抄下来。',
    sessions: '登录情况', thisOne: '当前', from: '来自', seen: '最近使用', opened: '登录时间', end: '结束', endAll: '全部退出',
    users: '用户与密钥', invite: '邀请', role: '角色', state: '状态', states: { invited: '已邀请', active: '正常', locked: '已锁定' }, lock: '锁定', unlock: '解锁', reset: '重设', resetAsk: '清除“{{name}}”的密码和两步验证？', lockAsk: '锁定“{{name}}”？其登录会立即结束。',
    link: '给“{{name}}”的链接', linkHint: '只能用一次，有效期到 {{time}}，只显示这一次。请亲自转交。', keys: '密钥', newKey: '新建密钥', keyShown: '密钥', keyHint: '只显示这一次。', revoke: '吊销', revokeAsk: '吊销“{{name}}”？使用它的程序都会失效。', made: '创建于', used: '最近使用', until: '有效期至', revoked: '吊销为止', only: '仅限 {{scopes}}', device: '设备', people: '用户', nobody: '还没有人用用户名登录，只有密钥。请邀请第一位。', what: '用途',
    roles: { write: '写入：只能上报事件', viewer: '查看', operator: '运维', marketer: '营销', developer: '开发', admin: '管理员' },
  },
}
