/** Texts of signing in, one's own account, users and keys. */
export const access = {
  access: {
    name: 'Name', nameHint: 'Letters, digits and . _ - @. It stays for ever: the ledger calls you by it.', password: 'Password', newPassword: 'New password', passwordHint: 'At least 12 characters; some words in a row are easy to remember.', again: 'Once more', differs: 'The two differ.',
    code: 'Code', codeHint: 'From your authenticator app, or one of your recovery codes.', withKey: 'Sign in with a key', withName: 'Sign in with a name', begin: 'Begin',
    purpose: { set_up: 'Set-up', invitation: 'Welcome', reset: 'New password' },
    welcome: { set_up: 'You are the first here, and become the admin. This link works once.', invitation: 'You sign in as “{{name}}”. Choose a password.', reset: 'You sign in as “{{name}}”. Choose another password.' },
    refused: {
      wrong_credentials: 'Name, password or code are wrong.', locked_out: 'Too many wrong guesses. Wait a quarter of an hour.', unknown_link: 'This link was used, is too old, or never was one. Ask an admin for another one.', weak_password: 'This password is too easily guessed: at least 12 characters, not your name, none that everybody knows.',
      bad_name: 'This is no name: 2 to 64 letters, digits and . _ - @.', user_exists: 'Somebody has this name.', already_set_up: 'There is an admin already. Ask for an invitation.', too_many_requests: 'Too many sign in at once. Try again in a moment.', wrong_password: 'This is not your password.', wrong_code: 'This code is wrong. Is the phone’s clock right?',
      last_admin: 'Somebody must stay who can administer.', cross_site: 'The browser says that another site asked for this.', missing_token: 'The page is older than the session. Try once more.',
    },
    account: 'Your account', you: 'Signed in as {{name}}, {{role}}', changePassword: 'Change the password', oldPassword: 'Password as it is', changed: 'The password is changed; other sessions have ended.',
    factor: 'Second factor', factorOff: 'Off. With it, a stolen password alone opens nothing.', factorOn_one: 'On, with {{count}} recovery code left.', factorOn_other: 'On, with {{count}} recovery codes left.', factorTake: 'Take one', factorLeave: 'Do without', factorScan: 'Scan this with an authenticator app, or type {{secret}}, and enter the code it shows.',
    recovery: 'Recovery codes', recoveryHint: 'Each opens once, when the phone is gone. They are shown only now: write them down.',
    sessions: 'Sessions', thisOne: 'this one', from: 'From', seen: 'Last seen', opened: 'Signed in', end: 'End', endAll: 'Sign out everywhere',
    users: 'Users and keys', invite: 'Invite', role: 'Role', state: 'State', states: { invited: 'invited', active: 'active', locked: 'locked' }, lock: 'Lock', unlock: 'Unlock', reset: 'Reset', resetAsk: 'Take away the password and second factor of “{{name}}”?', lockAsk: 'Lock “{{name}}” out? Their sessions end at once.',
    link: 'Link for {{name}}', linkHint: 'It works once, until {{time}}, and is shown only now. Hand it over yourself.', keys: 'Keys', newKey: 'New key', keyShown: 'The key', keyHint: 'It is shown only now.', revoke: 'Revoke', revokeAsk: 'Revoke “{{name}}”? Whatever uses it stops working.', made: 'Made', used: 'Last used', until: 'Holds until', revoked: 'it is revoked', only: 'only {{scopes}}', device: 'Device', people: 'Users', nobody: 'Nobody signs in by name yet; there are only keys. Invite the first.', what: 'What for',
    roles: { write: 'write: sends events only', viewer: 'viewer', operator: 'operator', marketer: 'marketer', developer: 'developer', admin: 'admin' },
  },
}
