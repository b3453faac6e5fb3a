import { access } from './access.en'
import { approval } from './approval.en'
import { facts } from './facts.en'
import { operating } from './operating.en'
import { running } from './running.en'
import { workspace } from './workspace.en'
import { writing } from './writing.en'

/** Everything the designer says, in English. Chinese has the same keys; the type of zh.ts sees to that. */
export const en = {
  ...access, ...approval, ...facts, ...operating, ...running, ...workspace, ...writing,
  app: {
    name: 'Automation', journeys: 'Journeys', contacts: 'Contacts', messages: 'Messages', ledger: 'Ledger', operations: 'Operations', mailbox: 'Sandbox mailbox',
    templates: 'Templates', segments: 'Segments', settings: 'Settings', accounts: 'Accounts', users: 'Users and keys', dark: 'Dark', light: 'Light', signOut: 'Sign out', language: '中文',
    skip: 'Skip to content', zoneHint: 'All times are of the workspace: {{zone}}',
  },
  common: {
    save: 'Save', saved: 'Saved', saving: 'Saving…', cancel: 'Cancel', remove: 'Remove', close: 'Close', search: 'Search', more: 'Show more',
    nothing: 'Nothing here yet', retry: 'Try again', ok: 'OK', key: 'Key', name: 'Name', updated: 'Changed', by: 'by {{who}}', all: 'All', add: 'Add',
    reload: 'Reload', from: 'From', to: 'To', yes: 'Yes', no: 'No', copy: 'Copy', undo: 'Undo', redo: 'Redo', download: 'Download', optional: 'optional',
  },
  signIn: {
    title: 'Sign in', key: 'API key', hint: 'Printed when the server first starts, or made with “automation key create”. It stays in this tab only.',
    go: 'Sign in', wrong: 'The server does not know this key.', role: 'This key is for sending events, not for people. Use an admin or marketer key.',
    over: 'Your session is over', overHint: 'Sign in again to go on. Nothing you edited is lost.',
  },
  error: {
    title: 'That did not work', offline: 'The server cannot be reached. What you edit is kept in this browser.', broken: 'This page broke. What you edited is kept in this browser.', conflict: 'Somebody saved meanwhile.',
  },
  status: { draft: 'Draft', published: 'Running', paused: 'Paused', archived: 'Archived' },
  journeys: {
    title: 'Journeys', new: 'New journey', key: 'Key', keyHint: 'Letters, digits, - and _. It stays for ever: the ledger knows it by this.',
    name: 'Name', empty: 'No journeys yet. Draw the first one.', search: 'Search name or key', version: 'Version', inside: 'Inside now', entered: 'Entered',
    goals: 'Reached the goal', changed: 'draft has changes', startWith: 'Start with', blank: 'An empty canvas', exists: 'There is a journey with this key.',
    delete: 'Delete', deleteAsk: 'Delete “{{name}}”? Its facts stay in the ledger.', duplicate: 'Duplicate', copyOf: '{{name}} (copy)',
  },
  gallery: {
    welcome: 'Welcome to the group', purchase: 'First purchase', quiet: 'Win back after 30 quiet days', cart: 'Abandoned cart', birthday: 'Birthday coupon', upgrade: 'A level is reached', activity: 'Reminder of an event', unconfirmed: 'WeCom, then SMS',
  },
  canvas: {
    add: 'Add a step', addHere: 'Add a step here (A)', palette: 'Steps', paletteHint: 'Drag onto a “+”, or press A', start: 'Starts when', end: 'End', back: 'Back to {{step}}',
    otherwise: 'otherwise', came: 'came', timeout: 'did not come', failed: 'failed', empty: 'Add the first step', here: '{{count}} here', past: '{{count}} passed',
    notSent: '{{count}} not sent', leftHere: '{{count}} left', map: 'Overview', findings: 'Findings', noFindings: 'Nothing to mend', search: 'Search steps', removeAsk: 'Remove “{{name}}”?',
    removeLost_one: '{{count}} step that only it leads to goes with it.', removeLost_other: '{{count}} steps that only it leads to go with it.', removeHere_one: '{{count}} contact is at this step now.', removeHere_other: '{{count}} contacts are at this step now.', copied: 'Copied', pasted: 'Pasted',
    cannotPaste: 'Choose the step to paste after.', shortcuts: 'A add · Del remove · Ctrl+C/V copy, paste · Ctrl+Z/Y undo, redo · Ctrl+S save · F fit · / search · arrows walk · Alt+arrows move',
    journey: 'Journey', figures: 'Figures', lost: 'nothing leads here', broken: 'This document cannot be drawn: {{why}}', heldOut: 'control',
  },
  draft: {
    saved: 'Saved {{time}}', saving: 'Saving…', dirty: 'Not saved yet', offline: 'Kept in this browser; the server cannot be reached', signedOut: 'Kept in this browser until you sign in again', local: 'There are unsaved changes of yours from {{time}}.',
    restore: 'Restore them', discard: 'Discard them', conflict: 'Somebody saved meanwhile',
    conflictHint: 'Revision {{revision}} stands on the server. Yours is kept here.', conflictSteps: 'What differs; theirs in red, yours in green:', takeTheirs: 'Take theirs', keepMine: 'Save mine over it',
  },
  publish: {
    button: 'Publish', title: 'Publish “{{name}}”', first: 'It starts to enrol people at once.', changes: 'What changes', none: 'Nothing differs from the version that runs.',
    added: 'New: {{step}}', removed: 'Gone: {{step}}', changed: 'Changed: {{step}}', trigger: 'What starts it', entry: 'Who may enter', exit: 'What ends it', goal: 'The goal', nameChanged: 'The name',
    inFlight: 'People on the way', inFlightCount: '{{count}} on the way now', stay: 'Stay in their version to the end', move: 'Move to the new version, at the same step',
    exitNow: 'Leave the journey now', gone_one: '{{count}} of them stands at a step that is gone', gone_other: '{{count}} of them stand at a step that is gone', existing: 'They may enter too', errors_one: '{{count}} error stands in the way', errors_other: '{{count}} errors stand in the way', rewritten: 'Text changed since then, live already: {{template}}',
    warnings_one: '{{count}} warning; it does not stand in the way', warnings_other: '{{count}} warnings; they do not stand in the way', done: 'Version {{version}} runs.', go: 'Publish now',
  },
  operate: {
    pause: 'Pause', pauseTitle: 'Pause the journey', pauseHint: 'Nobody enters and nobody goes on. What does time do meanwhile?', counting: 'It keeps counting: waits go on to run',
    still: 'It stands still: waits go on where they were', resume: 'Resume', resumeTitle: 'Go on', held_one: '{{count}} person is held and would go on at once.', held_other: '{{count}} people are held and would go on at once.', spread: 'Spread them over', atOnce: 'at once',
    archive: 'Archive', archiveAsk: 'Archive the journey? Nobody enters any more; who is on the way goes on to the end.', sweep: 'Looking at everybody: {{asked}} of {{total}}', more: 'More',
    json: 'The document', versions: 'Versions', restore: 'Take into the draft', jsonCopy: 'Copy', import: 'Paste or drop a document here', take: 'Take it over',
  },
  step: {
    send: 'Send', wait: 'Wait', wait_for: 'Wait for an event', branch: 'Branch', split: 'Split', update: 'Update', emit: 'Emit an event', call: 'Call a service', exit: 'End here',
  },
  group: { reach: 'Reach', flow: 'Flow', data: 'Data' },
  trigger: {
    event: 'Does something', dormant: 'Goes quiet', not_done: 'Did one thing but not another', tag: 'A tag comes or goes', segment: 'Comes into or leaves a segment', date: 'A date of theirs comes',
    schedule: 'A calendar', keyword: 'Writes a keyword', manual: 'By hand or API',
  },
  form: {
    kind: 'What starts it', event: 'Event', where: 'Only when', occurrence: 'Only the n-th time', occurrenceHint: '1 for the first purchase', quietFor: 'Quiet for', activity: 'What counts as activity',
    activityHint: 'Any behaviour when empty', did: 'Did', butNot: 'But not', within: 'Within', tag: 'Tag', change: 'Change', added: 'added', removed: 'removed', entered: 'entered', left: 'left',
    segment: 'Segment', attribute: 'Date attribute', offset: 'Shifted by', at: 'At', yearly: 'Every year', cron: 'Calendar (cron)', cronHint: 'minute hour day month weekday, such as 0 9 * * 1',
    keywords: 'Words', match: 'Match', equals: 'equals', contains: 'contains', starts_with: 'starts with', channel: 'Channel', anyChannel: 'any channel', repeat: 'How often', once: 'Once in a lifetime',
    always: 'Again after the last has ended', after: 'Again after a time', per: 'Once for each value of', audience: 'Who may enter', everybody: 'Everybody', holdout: 'Control group',
    holdoutHint: 'percent who never enter', exits: 'Leaves when', addExit: 'Add an event', goal: 'Goal', hasGoal: 'Count a conversion', worth: 'Worth is in property', ever: 'any time',
    stepName: 'Own name', id: 'Id', idHint: 'The ledger and steps.… call it so', waitFor: 'For', waitUntil: 'Until', time: 'time of day', days: 'days', date: 'a date of theirs', timeout: 'At most',
    branches: 'Ways', addBranch: 'Add a way', otherwise: 'Everybody else', variants: 'Variants', addVariant: 'Add a variant', weight: 'Weight', control: 'control: nothing is sent', template: 'Template', account: 'Account',
    accountHint: 'The workspace’s own when empty', quota: 'Takes from quota', fallback: 'If it does not arrive', addFallback: 'Add another way', onFailure: 'If it fails for good', goOn: 'go on', exitFail: 'end here',
    stuck: 'wait for a person', other: 'go on elsewhere', set: 'Set attributes', unset: 'Take attributes away', addTags: 'Add tags', removeTags: 'Remove tags', properties: 'Properties', content: 'Content',
    reason: 'Reason', leadsTo: 'Goes on with', tail: 'What comes after', tailAll: 'all ways come together there', tailOnly: 'only “{{way}}” goes on there', toEnd: 'the end', note: 'Note', noteHint: 'for people; the engine never reads it', value: 'value', textHint: 'Text may read contact.name, event.amount and so on in double braces', title: 'Name',
    description: 'What it is for', settings: 'Journey', entry: 'Entry', preview: 'Content', moveUp: 'Up', moveDown: 'Down', addPair: 'Add a value', unnamed: 'choose a template',
  },
  rules: {
    contact: 'Attribute', event: 'Event property', history: 'Did', step: 'Step result', tags: 'Tags', segments: 'Segments', lists: 'Lists', consent: 'Consent', quota: 'Quota', count: '{{event}}: how often',
    first: '{{event}}: first time', last: '{{event}}: last time', sum: '{{event}}: sum of {{property}}', addRule: 'Add a condition', addGroup: 'Add a group', and: 'all of', or: 'one of', not: 'not', within: 'within',
    ever: 'ever', operator: 'Comparison', combinator: 'All or one', own: 'Another field…',
  },
  operator: {
    '=': 'is', '!=': 'is not', '<': 'less than', '<=': 'at most', '>': 'more than', '>=': 'at least', contains: 'contains', doesNotContain: 'does not contain', beginsWith: 'begins with',
    doesNotBeginWith: 'does not begin with', endsWith: 'ends with', doesNotEndWith: 'does not end with', null: 'is missing', notNull: 'is there', in: 'is one of', notIn: 'is none of', between: 'between', notBetween: 'not between', date: 'comes at', Equals: 'is', Contains: 'contains', StartsWith: 'begins with', changed_to: 'is now',
  },
  span: { d_one: '{{count}} day', d_other: '{{count}} days', h_one: '{{count}} hour', h_other: '{{count}} hours', m_one: '{{count}} minute', m_other: '{{count}} minutes', s_one: '{{count}} second', s_other: '{{count}} seconds' },
  unit: { d: 'days', h: 'hours', m: 'minutes', s: 'seconds' },
  day: { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' },
  channel: { sms: 'SMS', wecom: 'WeCom', mini_program: 'mini-program', official_account: 'official account', webhook: 'webhook', email: 'e-mail', mini_program_service: 'mini-program chat', wecom_welcome: 'WeCom greeting', wecom_app: 'WeCom app', wecom_robot: 'WeCom robot', wecom_group: 'WeCom group' },
  identity: { user_id: 'User id', anonymous_id: 'Visitor', phone: 'Phone', union_id: 'Union id', external_user_id: 'WeCom', open_id: 'Open id' },
  sentence: {
    event: '{{event}} happens', eventFirst: '{{event}} happens for the first time', eventNth: '{{event}} happens for the {{nth}} time', where: '{{sentence}}, where {{rule}}', and: ' and ', or: ' or ', not: 'not ({{rule}})', moreRules_one: ' and {{count}} more condition', moreRules_other: ' and {{count}} more conditions', dormantOf: 'no {{names}} for {{span}}', dormant: 'nothing happens for {{span}}', not_done: '{{did}}, but no {{butNot}} within {{span}}',
    tagAdded: 'tag “{{tag}}” is added', tagRemoved: 'tag “{{tag}}” is removed', segmentEntered: 'comes into segment “{{segment}}”', segmentLeft: 'leaves segment “{{segment}}”',
    date: '“{{attribute}}” comes, at {{at}}', dateYearly: '“{{attribute}}” comes every year, at {{at}}', dateShift: '{{span}} {{way}} “{{attribute}}”, at {{at}}', before: 'before', after: 'after', schedule: 'calendar {{cron}}', keyword: 'writes {{words}}', manual: 'somebody enrols them',
    waitFor: 'Wait {{span}}', waitForUntil: 'Wait {{span}}, then until {{until}}', waitUntil: 'Wait until {{until}}', untilDay: '{{days}} {{time}}', untilDate: '“{{date}}” comes', untilShift: '{{span}} {{way}} “{{date}}”', waitNothing: 'Say how long',
    wait_for: 'Wait for {{event}}, at most {{span}}', branch_one: '{{count}} way, and everybody else', branch_other: '{{count}} ways, and everybody else', branchOne: 'If {{rule}}', split: 'Deal to {{names}}', send: 'Send “{{template}}” by {{channel}}', sendThen: 'Send “{{template}}” by {{channel}}; {{fallback}} after {{span}}',
    sendNothing: 'Choose channel and template', set: 'set {{names}}', unset: 'take away {{names}}', addTags: 'tag {{names}}', removeTags: 'untag {{names}}', updateNothing: 'Say what changes', emit: 'Emit {{event}}', call: 'Ask “{{account}}”', callNothing: 'Choose an account',
    exit: 'The journey ends', exitReason: 'The journey ends: {{reason}}', nothing: '…', everybody: 'everybody', within: '(within {{span}})', eventNothing: 'Choose an event',
    once: 'once in a lifetime', always: 'again and again', afterSpan: 'again after {{span}}', per: 'once per {{field}}',
  },
  contacts: {
    title: 'Contacts', find: 'Find by user id, phone:+86…, open_id:wx1:…', nobody: 'Nobody has this identity.', id: 'Contact', identities: 'Identities', tags: 'Tags', last: 'Last active', inside: 'On the way in', never: 'never',
    profile: 'Profile', attributes: 'Attributes', consents: 'Consent', quotas: 'Quotas', history: 'History', enrollments: 'Journeys', timeline: 'Timeline', why: 'Why', firstSeen: 'First seen', segments: 'Segments', lists: 'Lists',
    granted: 'yes', denied: 'no', balance: '{{count}} left', times_one: '{{count}} time', times_other: '{{count}} times', step: 'At step', wake: 'Goes on', often: 'How often', latest: 'Last time', since: 'Since', whyTitle: 'Why did or didn’t this person get into or on in a journey?', whyJourney: 'Choose a journey',
    whyNothing: 'Nothing was ever decided about this person in this journey: its trigger never looked at them.', retry: 'Try again', skip: 'Skip', end: 'End', stuckBecause: 'stuck: {{reason}}', held: 'held', enrollmentStatus: 'State', past: 'Journeys before', entered: 'Entered', ended: 'Ended', how: 'How', completed: 'went through', reached: 'reached the goal', moreOf: 'The latest {{count}} are shown; the ledger has all.', events: 'Did', facts: 'Decided', done: 'Done.',
  },
  personal: {
    show: 'Show personal data', hide: 'Mask again', showHint: 'Names and numbers in clear. The ledger notes who looked.', export: 'Export all', exportHint: 'Everything about this person as a file. The ledger notes it.', erase: 'Erase', erased: 'This person was erased. The ledger keeps only that it was done.',
    eraseTitle: 'Erase contact {{id}}?', eraseForGood: 'This cannot be undone.', eraseWhat: 'Erased for good:', eraseIdentities_one: '{{count}} identity, such as a phone number or user id', eraseIdentities_other: '{{count}} identities, such as phone numbers and user ids', eraseProfile_one: '{{count}} attribute, all tags, lists, consents and quotas', eraseProfile_other: '{{count}} attributes, all tags, lists, consents and quotas', eraseJourneys_one: '{{count}} journey on the way ends, and messages not sent yet are taken back', eraseJourneys_other: '{{count}} journeys on the way end, and messages not sent yet are taken back', eraseContents: 'what they did, what they were sent, and the values decisions looked at: nobody can read them any more', eraseStays: 'What stays: that something was decided and when, without who; the ledger’s chain is whole.',
    reason: 'Why', reasonHint: 'It stays in the ledger, so it must not say who.', type: 'Type {{id}} to confirm',
  },
  enrollment: { waiting: 'waiting', waiting_for_event: 'waiting for an event', postponed: 'postponed', awaiting_outcome: 'message on its way', stuck: 'stuck' },
  messages: {
    title: 'Messages', to: 'To', channel: 'Channel', status: 'State', queued: 'Made', template: 'Template', journey: 'Journey', step: 'Step', reason: 'Reason', content: 'Content', attempt: 'Attempt', settle: 'Say what became of it', vendorId: 'Vendor’s id', account: 'Account',
  },
  attribute: { name: 'Name', city: 'City', level: 'Level', language: 'Language', birthday: 'Birthday', gender: 'Gender', email: 'E-mail', time_zone: 'Time zone' },
  outbox: { queued: 'queued', sending: 'sending', sent: 'sent', delivered: 'delivered', failed: 'failed', unknown: 'unknown', cancelled: 'cancelled' },
  ledger: {
    title: 'Ledger', time: 'Time', kind: 'Fact', contact: 'Contact', journey: 'Journey', step: 'Step', reason: 'Reason', cause: 'Cause', actor: 'Who', details: 'What it looked at', verify: 'Check the seals', intact: 'Whole. Facts: {{facts}}, seals: {{seals}}.',
    broken: 'Broken at {{sequence}}: {{problem}}', live: 'Live',
    summary: 'How many, and why', about: 'What is counted', day: 'Day', count: 'How many', channel: 'Channel', account: 'Account', message: 'Message', from: 'From', to: 'Before',
    abouts: { held_back: 'Held back', not_entered: 'Not entered', failed: 'Failed', sent: 'Sent', delivered: 'Delivered', entered: 'Entered', ended: 'Ended' },
  },
  mailbox: { title: 'Sandbox mailbox', hint: 'What people would have got. Nothing left this machine.', clear: 'Empty it', total_one: '{{count}} message', total_other: '{{count}} messages', empty: 'No messages yet.', elsewhere: 'Not everything is here. These channels do not go through the sandbox: {{channels}}.', sent: 'All messages', standIns: 'What the stand-ins of the vendors show on phones ({{page}})', twice_one: 'arrived {{count}} time', twice_other: 'arrived {{count}} times' },
  documents: {
    newTemplate: 'New template', newSegment: 'New segment', live: 'Saving makes it live at once.', json: 'Document', deleteAsk: 'Delete “{{key}}”?', choose: 'Choose one on the left.', badJson: 'This is not JSON: {{why}}', channel: 'Channel', keyExists: 'There is one with this key.',
  },
  settings: { title: 'Settings', hint: 'Time zone, quiet hours, caps, consent and accounts of the workspace.' },
}
