/** Texts of writing: templates, previews, conditions, segments. */
export const writing = {
  variables: { insert: 'Insert a variable', contact: 'Contact', event: 'Event', steps: 'Step results', other: 'Other' },
  template: {
    form: 'Form', document: 'Document', addField: 'Add a field', name: 'Name', preview: 'Preview', as: 'As', nobody: 'somebody unknown', withEvent: 'After the event', noEvent: 'no event', test: 'Send a test to the sandbox',
    tested: 'It is in the sandbox mailbox.', refused: 'Would not be sent to this contact now: {{reason}}', fault: 'Cannot be rendered: {{why}}', segments_one: '{{count}} segment', segments_other: '{{count}} segments', characters_one: '{{count}} character', characters_other: '{{count}} characters',
    cost: 'about ¥{{amount}}', price: 'Price of a segment (¥)', signed: 'Signature', noticed: 'Service message', open: 'Open', picture: 'Picture', mini: 'Mini-program', fresh: 'New template', edit: 'Edit', used: 'Used by {{names}}',
    unused: 'No journey uses it yet', empty: 'Templates hold what people read. Write the first one.', length: '{{count}} of {{most}}', mailbox: 'Open the mailbox', pairName: 'name', find: 'Name, user id or phone:+86…',
    trial: 'Test', placeholder: 'Hello {{name}}',
  },
  audience: {
    counting: 'Counting…', count: '{{count}} match', of: 'of {{total}}', about: 'about {{count}} match', sample: 'asked {{asked}} of {{total}}', incomplete: 'The condition is not complete yet', event: 'Known when the event comes', such: 'such as',
  },
  segment: { name: 'Name', rule: 'Who is in it', list: 'An imported list: who is in it is set by import, not by a rule', empty: 'A segment is a group that you name once and use everywhere.', sweep: 'Looking at everybody: {{asked}} of {{total}}' },
}
