/** Facts and reasons of the ledger in plain words; the codes stay beside them. */
export const facts = {
  fact: {
    wait_started: 'starts to wait', wait_ended: 'the wait is over', branch_taken: 'takes a way', variant_drawn: 'is dealt a variant', message_queued: 'a message is made', message_suppressed: 'a message is not sent', message_postponed: 'a message is put off',
    message_sent: 'the vendor took it', message_progressed: 'the message is on its way', message_delivered: 'the message arrived', message_failed: 'the message failed', retry_scheduled: 'will be tried again', message_retried: 'is tried again', receipt_given_up: 'no receipt came',
    message_replayed: 'a failed message is replayed', replay_refused: 'is not replayed', bulk_action_started: 'a bulk action begins', bulk_action_ended: 'a bulk action ends',
    message_unknown: 'the outcome is unknown', fallback_started: 'the next way is tried', call_answered: 'the service answered', contact_updated: 'the contact is changed', event_emitted: 'an event is emitted', stuck: 'is stuck', unstuck: 'is let go on', held: 'is held by the pause',
    released: 'goes on after the pause', moved: 'moves to a new version', exited: 'leaves the journey', completed: 'is through', stimulus_rejected: 'does not apply', event_too_late: 'the event is too old', tags_changed: 'tags change', lists_changed: 'lists change',
    consent_changed: 'consent changes', quota_changed: 'a quota changes', segment_entered: 'enters a segment', segment_left: 'leaves a segment', contact_absorbed: 'takes over another contact', contact_merged: 'becomes part of another contact', personal_data_seen: 'personal data is looked at', personal_data_exported: 'personal data is exported', contact_erased: 'the person is erased', trigger_armed: 'the first half happened',
    trigger_disarmed: 'the second half came in time', trigger_fired: 'the deadline passed', not_enrolled: 'does not enter', enrolled: 'enters', goal_watched: 'the goal is watched for', goal_reached: 'reaches the goal', goal_missed: 'misses the goal', definition_saved: 'a document is saved',
    definition_deleted: 'a document is deleted', journey_published: 'a journey is published', journey_paused: 'a journey is paused', journey_resumed: 'a journey goes on', journey_archived: 'a journey is archived', schedule_swept: 'the calendar came round', key_created: 'a key is made', messages_held: 'messages are held back', messages_released: 'messages are let go',
    approval_asked: 'approval is asked for', approval_given: 'is approved', approval_rejected: 'is sent back', approval_withdrawn: 'a request is withdrawn', approval_voided: 'a request is void', approval_set: 'whether approval is needed is changed',
    key_revoked: 'a key is revoked', signed_in: 'signs in', sign_ins_failed: 'sign-ins fail', sign_in_locked: 'is locked out for guessing', sessions_ended: 'sessions are ended', user_changed: 'a user is changed', imported: 'contacts are imported', events_rejected: 'events are refused',
  },
  looked: {
    localTime: 'local time', lastActivity: 'last activity', firstSeen: 'first seen', sends: 'messages', sendsOf: '{{channel}} messages', enrollment: 'an enrollment on its way', lastEnrollment: 'last entered', age: 'age of the event', text: 'what they wrote', channel: 'the channel they wrote on',
    draw: 'draw for the control group', heldOut: 'in the control group', length: 'length of the text', bytes: 'size in bytes', within: '{{name}} within {{span}}', ago: '{{span}} ago',
  },
  why: {
    trigger_not_matched: 'what happened is not what starts it', audience_not_matched: 'not among those who may enter', already_enrolled: 'is in it already', entered_before: 'was in it before', too_late: 'the event is too old', held_out: 'in the control group', journey_paused: 'the journey is paused',
    existing_not_counted: 'matched before it was published', too_many_enrollments: 'in too many journeys at once', no_address: 'no address on this channel', no_consent: 'no consent', no_quota: 'quota used up', frequency_cap: 'too many messages of late', quiet_hours: 'quiet hours',
    render_failed: 'the template could not be rendered', too_large: 'too long for the channel', retry_later: 'the vendor asks to come later', fix_configuration: 'the account is not set up right', bad_address: 'the address does not exist', quota_gone: 'the vendor’s quota is used up',
    content_refused: 'the vendor refuses the content', unknown_outcome: 'nobody knows what became of it', attempts_exhausted: 'tried too often', superseded: 'replaced by another message', no_account: 'no account for the channel', timed_out: 'no answer in time', hold_released: 'was held back and is let go', exit_rule: 'an exit event came',
    exit_step: 'the end step', step_failed: 'a step failed', step_gone: 'the step is gone', version_exited: 'ended with its version', step_limit: 'too many steps at once', invariant_broken: 'a fault of the engine', merged: 'became part of another contact', unknown_message: 'no such message',
    already_replayed: 'replayed already',
    message_settled: 'its outcome is known already', unknown_journey: 'no such journey', unknown_enrollment: 'not on the way', not_stuck: 'is not stuck', nothing_due: 'nothing is due', nothing_to_change: 'nothing would change', contact_merged: 'is part of another contact', deadline_changed: 'the deadline moved',
    emit_depth: 'events emit events too deep', identity_taken: 'the identity is somebody else’s', clock_ahead: 'the sender’s clock is ahead', ended_by_hand: 'ended by hand', erased: 'the person was erased',
  },
}
