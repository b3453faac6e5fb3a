import type { Journey } from '../model/journey'

/** Ready journeys to begin with. Templates are the author's to choose, so sends start without one. */
export interface Ready {
  key: 'welcome' | 'purchase' | 'quiet' | 'cart' | 'birthday' | 'upgrade' | 'activity' | 'unconfirmed'
  make(): Omit<Journey, 'key'>
}

export const gallery: Ready[] = [
  {
    key: 'welcome',
    make: () => ({
      trigger: { on: 'event', event: 'group_joined' },
      exit: [{ event: 'order_paid' }],
      goal: { event: 'order_paid', within: '7d', value: 'amount' },
      steps: [
        { id: 'hello', type: 'send', channel: 'wecom', template: '', next: 'a-day' },
        { id: 'a-day', type: 'wait', for: '1d', next: 'offer' },
        { id: 'offer', type: 'send', channel: 'mini_program', template: '', fallback: [{ channel: 'sms', template: '', after: '4h' }] },
      ],
    }),
  },
  {
    key: 'purchase',
    make: () => ({
      trigger: { on: 'event', event: 'order_paid', occurrence: 1 },
      goal: { event: 'order_paid', within: '30d', value: 'amount' },
      steps: [
        { id: 'breathe', type: 'wait', for: '30m', next: 'thanks' },
        { id: 'thanks', type: 'send', channel: 'mini_program', template: '', next: 'a-week' },
        { id: 'a-week', type: 'wait_for', event: 'order_paid', timeout: '7d', next: 'again', otherwise: 'ask' },
        { id: 'again', type: 'update', add_tags: ['came-back'] },
        { id: 'ask', type: 'send', channel: 'wecom', template: '' },
      ],
    }),
  },
  {
    key: 'quiet',
    make: () => ({
      trigger: { on: 'dormant', for: '30d' },
      entry: { repeat: { after: '90d' }, audience: { combinator: 'and', rules: [{ field: 'history.order_paid.count', operator: '>', value: 0 }] } },
      exit: [{ event: 'order_paid' }],
      goal: { event: 'order_paid', within: '14d', value: 'amount' },
      steps: [
        { id: 'morning', type: 'wait', until: { time: '10:00' }, next: 'half' },
        { id: 'half', type: 'split', variants: [{ name: 'A', weight: 45, next: 'coupon' }, { name: 'B', weight: 45, next: 'hello' }, { name: 'C', weight: 10, holdout: true, next: 'hello' }] },
        { id: 'coupon', type: 'send', channel: 'sms', template: '' },
        { id: 'hello', type: 'send', channel: 'sms', template: '' },
      ],
    }),
  },
  {
    key: 'cart',
    make: () => ({
      trigger: { on: 'not_done', did: { event: 'cart_added' }, but_not: { event: 'order_paid' }, within: '2h' },
      entry: { repeat: { after: '3d' } },
      exit: [{ event: 'order_paid' }],
      goal: { event: 'order_paid', within: '3d', value: 'amount' },
      steps: [{ id: 'remind', type: 'send', channel: 'mini_program', template: '', fallback: [{ channel: 'sms', template: '', after: '1h' }] }],
    }),
  },
  {
    key: 'birthday',
    make: () => ({
      trigger: { on: 'date', attribute: 'birthday', at: '10:00', yearly: true },
      entry: { repeat: 'always' },
      steps: [{ id: 'wishes', type: 'send', channel: 'mini_program', template: '' }],
    }),
  },
  {
    key: 'upgrade',
    make: () => ({
      trigger: { on: 'event', event: 'level_reached' },
      entry: { repeat: { per: 'event.level' } },
      goal: { event: 'order_paid', within: '30d', value: 'amount' },
      steps: [
        { id: 'tag', type: 'update', add_tags: ['upgraded'], next: 'congratulate' },
        { id: 'congratulate', type: 'send', channel: 'wecom', template: '', next: 'a-month' },
        { id: 'a-month', type: 'wait_for', event: 'order_paid', timeout: '30d', otherwise: 'remind' },
        { id: 'remind', type: 'send', channel: 'sms', template: '' },
      ],
    }),
  },
  {
    key: 'activity',
    make: () => ({
      trigger: { on: 'date', attribute: 'activity_at', offset: '-1d', at: '10:00' },
      entry: { repeat: 'always' },
      exit: [{ event: 'activity_left' }],
      goal: { event: 'activity_attended', within: '3d' },
      steps: [
        { id: 'tomorrow', type: 'send', channel: 'mini_program', template: '', fallback: [{ channel: 'sms', template: '', after: '1h' }], next: 'hour-before' },
        { id: 'hour-before', type: 'wait', until: { date: 'contact.activity_at', offset: '-1h' }, next: 'soon' },
        { id: 'soon', type: 'send', channel: 'sms', template: '' },
      ],
    }),
  },
  {
    key: 'unconfirmed',
    make: () => ({
      trigger: { on: 'event', event: 'order_paid' },
      entry: { repeat: { per: 'event.order_id' } },
      steps: [
        { id: 'care', type: 'send', channel: 'wecom', template: '', fallback: [{ channel: 'sms', template: '', after: '1d' }], next: 'a-week' },
        { id: 'a-week', type: 'wait', for: '7d', next: 'question' },
        { id: 'question', type: 'send', channel: 'wecom', template: '', fallback: [{ channel: 'sms', template: '', after: '1d' }] },
      ],
    }),
  },
]
