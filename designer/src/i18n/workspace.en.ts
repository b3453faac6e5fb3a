/** Texts of the workspace: settings, accounts, gallery, import. */
export const workspace = {
  setup: {
    zone: 'Time zone', zoneHint: 'For contacts without one of their own', quiet: 'Quiet hours', from: 'from', to: 'until', postpone: 'send afterwards', drop: 'do not send', caps: 'Frequency caps', capsHint: 'Counted for each contact, over all journeys', atMost: 'at most', per: 'in', all: 'all channels together', addCap: 'Add a cap',
    consent: 'Consent', required: 'only with a yes', assumed: 'unless they said no', accounts: 'Account for each channel', holdout: 'Share of all contacts who never get anything (%)', late: 'Events older than this start nothing', retry: 'Trying again', attempts: 'Attempts at most', first: 'First pause', most: 'Longest pause', channel: 'Channel', none: 'none',
    contactZone: 'at {{time}} where they are ({{zone}})',
  },
  accounts: {
    title: 'Accounts', hint: 'Connectors are the plug-ins that speak to vendors; an account is one of them set up with its credentials.', fresh: 'New account', connector: 'Connector', test: 'Test', healthy: 'works', unhealthy: 'does not work', held_one: 'Held by the engine: {{count}} message since {{time}}', held_other: 'Held by the engine: {{count}} messages since {{time}}', secrets: 'Secrets', secretKept: 'kept; type to replace',
    limits: 'Limits', perSecond: '{{count}} a second', batch: 'up to {{count}} in one call', characters_one: 'up to {{count}} character', characters_other: 'up to {{count}} characters', bytes_one: 'up to {{count}} byte', bytes_other: 'up to {{count}} bytes', perContact: 'at most {{count}} per contact in {{span}}', confirm: 'an employee confirms each message', receipts: 'Receipts: {{how}}', receipt: { none: 'none', push: 'the vendor reports', pull: 'are asked for' },
    repeat: 'May be repeated safely', installed: 'Connectors', builtIn: 'built in, needs no account', channels: 'Channels', none: 'No accounts yet: everything goes to the sandbox.', use: 'Set up', saved: 'The account is in use.', deleteAsk: 'Take account “{{key}}” out of use? Its messages wait.', configuration: 'Configuration', waits: 'Its messages wait until it works again.',
  },
  holds: {
    hold: 'Hold', release: 'Release', everything: 'Everything', holdTitle: 'Hold {{name}} back', releaseTitle: 'Let {{name}} go', byPerson: 'held by {{by}} since {{time}}', reason: 'Why? It stands in the ledger.',
    wouldWait_one: '{{count}} message waits to be sent and would stay.', wouldWait_other: '{{count}} messages wait to be sent and would stay.', wouldGo_one: '{{count}} message waits and would go.', wouldGo_other: '{{count}} messages wait and would go.', underWay: 'Being sent already, not to be stopped: {{count}}.', others: 'Of them held by another hold too: {{count}}.',
    holdHint: 'Nothing of it is sent until somebody lets it go. Nothing is lost.', releaseHint: 'They go at the account’s rate. Consent, caps and quiet hours are asked again for each.', scope: { channel: 'Channel', account: 'Account', template: 'Template', journey: 'Journey' },
  },
  ready: {
    title: 'Begin with a ready journey', use: 'Use it', welcome: 'A greeting, and next day an offer with SMS as fallback', purchase: 'Thanks after the first order, and a question a week later', quiet: 'After 30 quiet days: two texts against a control group', cart: 'Two hours after a cart was left: a reminder', birthday: 'At ten on their birthday, every year',
    upgrade: 'When a level is reached: greeting, tag and a check after a month', activity: 'A day before the event and an hour before it', unconfirmed: 'WeCom by an employee; if nobody confirms, an SMS',
  },
  imports: { drop: 'Drop a journey here (JSON or YAML)', file: 'Import a file', bad: 'This file is no journey: {{why}}', link: 'Copy link', linked: 'The link is copied', yaml: 'Download YAML', json: 'Download JSON', days: 'Last 30 days', spark: '{{count}} entered in the last 30 days', sparkDay: '{{day}}: {{count}}' },
  estimate: { title: 'The first day', entries_one: 'about {{count}} person enters', entries_other: 'about {{count}} people enter', sends_one: 'up to {{count}} message leaves', sends_other: 'up to {{count}} messages leave', comma: ', ', basis_event: 'As many as did this in the last 24 hours.', basis_dormant: 'Whose time comes within the next 24 hours.', basis_date: 'Whose date comes within the next 24 hours. Dates of the past start nothing.', basis_segment: 'Who comes into the segment later enters then.', part: 'Reckoned from a part of all contacts.', matching_one: '{{count}} contact matches already.', matching_other: '{{count}} contacts match already.', none: 'Nobody is likely to enter on the first day.', errors: 'Can be told once the errors are mended.', unknown: 'Nobody can know beforehand how many this will start for.' },
}
