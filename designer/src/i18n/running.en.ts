/** Texts of a journey that runs: figures, people, one person's path. */
export const running = {
  mode: { edit: 'Edit', figures: 'Figures', person: 'One person' },
  people: {
    here: 'Here now', leaves: 'Goes on', since: 'Since', nobody: 'Nobody is here now.', byEvent: 'when something happens', stuck: 'when somebody sees to it', passed: 'went on', reached: 'Came here', hereNow: 'are here now', leftHere: 'left the journey here', notSent: 'Messages refused, and why', another: 'for {{count}} another way was tried', nothingSent: '{{count}} got nothing', notCome: 'Did not come here', notComeAll: 'Entered, but did not come here', notComeBefore: 'are on the way before it', notComeGone: 'left the journey before it', notComeElsewhere: 'took another way', facts: 'All facts of this step', notEntered: 'Did not enter, and why', who: 'Who', outcomes: 'What became of messages',
    nothing: 'Nothing has happened here yet.', version: 'v{{version}}', ledger: 'In the ledger', entered: 'Entered', ended: 'Through', left: 'Left early', goal: 'Reached the goal', missed: 'Missed the goal', rate: '{{percent}} of those who entered', worth: 'worth {{value}}',
  },
  person: {
    choose: 'Whose way?', none: 'This person has never been in this journey.', passage: 'Time no. {{n}}', was: '(was {{value}})', missing: 'missing', decided: 'What was decided here', never: 'Never came here.', open: 'Open the contact', now: 'Is here now', leaves: 'goes on {{time}}', until: 'until {{time}}', why: 'Why not: {{reason}}', hint: 'Their way is drawn bold; click a step to see what decided.',
  },
}
