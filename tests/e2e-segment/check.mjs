// The server under the SDK that people already use: every kind of call, one large batch, duplicates, a wrong key.
// What counts is what stands in the ledger afterwards.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Analytics } from '@segment/analytics-node'
import { automation, serve, until } from './server.mjs'

const workspace = fileURLToPath(new URL('workspace', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'automation-segment-'))
const data = join(folder, 'data')
const crowd = 200
let server

try {
  const { key: writeKey } = await automation('key', 'create', '--data', data, '--role', 'write')
  const { key: readKey } = await automation('key', 'create', '--data', data, '--role', 'admin')
  server = await serve(data, workspace)

  const ledger = async (filter) => {
    const query = new URLSearchParams({ limit: '1000', ...filter })
    const answer = await fetch(`${server.url}/api/audit?${query}`, { headers: { Authorization: `Bearer ${readKey}` } })
    assert.equal(answer.status, 200, `/api/audit answered ${answer.status}: ${await answer.clone().text()}`)
    const body = await answer.json()
    return body.facts ?? body
  }
  const fact = (what, filter, matches = () => true) =>
    until(`a fact: ${what}`, async () => (await ledger(filter)).find(matches))
  // The sandbox of this workspace has no receipts: what it takes has arrived, once, and nothing else is said of it.
  const messageArrived = async (what, enrolled) => {
    const delivered = await fact(what, { journey: enrolled.journey, kind: 'message_delivered' }, (row) => row.ordinal === enrolled.ordinal && row.contact === enrolled.contact)
    const queued = (await ledger({ contact: enrolled.contact, journey: enrolled.journey, kind: 'message_queued' })).filter((row) => row.ordinal === enrolled.ordinal)
    assert.equal(queued.length, 1)
    assert.equal(delivered.cause, `outcome:${queued[0].details.message}`)
    for (const kind of ['message_sent', 'message_failed', 'message_unknown', 'retry_scheduled']) {
      assert.deepEqual(await ledger({ contact: enrolled.contact, journey: enrolled.journey, kind }), [])
    }
    assert.equal((await ledger({ contact: enrolled.contact, journey: enrolled.journey, kind: 'message_delivered' })).length, 1)
  }
  const causedBy = (messageId) => (row) => row.cause === `event:${messageId}`
  const check = async (name, body) => {
    await body()
    console.log(`ok  ${name}`)
  }

  const analytics = new Analytics({ writeKey, host: server.url, flushAt: 500, flushInterval: 60_000, maxRetries: 0 })
  const errors = []
  const statuses = []
  analytics.on('error', (error) => errors.push(error))
  analytics.on('http_response', (response) => statuses.push(response.status))

  analytics.identify({ userId: 'vip', messageId: 'i-1', traits: { name: '林小满 🌱', phone: '+8613800138000', level: 'vip', external_user_id: 'wm-1' } })
  analytics.identify({ userId: 'plain', messageId: 'i-2', traits: { name: 'Chen', phone: '+8613800138001' } })
  analytics.track({ userId: 'vip', messageId: 't-1', event: 'order_paid', properties: { amount: 180, items: [{ sku: 'a', price: null }] } })
  analytics.track({ userId: 'plain', messageId: 't-2', event: 'order_paid', properties: { amount: 60 } })
  analytics.track({ userId: 'plain', messageId: 't-3', event: 'coupon_seen' })
  analytics.track({ userId: 'plain', messageId: 't-3', event: 'coupon_seen' })
  analytics.group({ userId: 'plain', groupId: 'g-42', messageId: 'g-1', traits: { name: 'Tea lovers' } })
  analytics.page({ userId: 'plain', messageId: 'p-1', name: 'Pricing', properties: { path: '/pricing' } })
  analytics.screen({ userId: 'plain', messageId: 's-1', name: 'Basket' })
  analytics.track({ anonymousId: 'visitor-7', messageId: 't-4', event: 'coupon_seen' })
  analytics.identify({ userId: 'late', messageId: 'i-3', traits: { name: 'Wang' } })
  analytics.alias({ userId: 'late', previousId: 'visitor-7', messageId: 'a-1' })
  for (let n = 0; n < crowd; n++) {
    analytics.track({ userId: `crowd-${n}`, messageId: `c-${n}`, event: 'crowd_came', properties: { n } })
  }
  await analytics.closeAndFlush()

  await check('the SDK reports no error', () => {
    assert.deepEqual(errors, [])
    assert.ok(statuses.length > 0 && statuses.every((status) => status === 200), `Expected status 200, but got ${statuses}.`)
  })

  await check('identify: traits decide the branch', async () => {
    const taken = await fact('the VIP branch', { journey: 'order-care', kind: 'branch_taken' }, causedBy('t-1'))
    assert.match(JSON.stringify(taken), /VIP/)
    assert.match(JSON.stringify(taken), /contact\.level/)
  })

  await check('track: an event enrols, and the message leaves', async () => {
    const enrolled = await fact('vip enrolled', { journey: 'order-care', kind: 'enrolled' }, causedBy('t-1'))
    await messageArrived('a message to vip', enrolled)
  })

  await check('track: not entering has its reason and the value looked at', async () => {
    const not = await fact('plain not enrolled', { journey: 'order-care', kind: 'not_enrolled' }, causedBy('t-2'))
    assert.equal(not.reason, 'trigger_not_matched')
    assert.match(JSON.stringify(not), /event\.amount/)
    assert.match(JSON.stringify(not), /60/)
  })

  await check('group: joining a group is the event group_joined', async () => {
    const enrolled = await fact('plain welcomed', { journey: 'group-welcome', kind: 'enrolled' }, causedBy('g-1'))
    await messageArrived('the welcome', enrolled)
  })

  await check('page and screen start journeys', async () => {
    await fact('the page journey', { journey: 'pricing-page', kind: 'enrolled' }, causedBy('p-1'))
    await fact('the screen journey', { journey: 'basket-screen', kind: 'enrolled' }, causedBy('s-1'))
  })

  await check('alias: two identities become one contact', async () => {
    const seen = await fact('the visitor enrolled', { journey: 'coupon', kind: 'enrolled' }, causedBy('t-4'))
    const merged = await fact('the visitor merged', { kind: 'contact_merged' }, causedBy('a-1'))
    const absorbed = await fact('somebody absorbed the visitor', { kind: 'contact_absorbed' }, causedBy('a-1'))
    assert.equal(merged.details.survivor, absorbed.contact)
    assert.equal(absorbed.details.other, merged.contact)
    assert.ok([merged.contact, absorbed.contact].includes(seen.contact))
  })

  await check('the same message id twice counts once', async () => {
    const rows = (await ledger({ journey: 'coupon', kind: 'enrolled' })).filter(causedBy('t-3'))
    assert.equal(rows.length, 1)
  })

  await check(`a batch of ${crowd} arrives whole`, async () => {
    const rows = await until('everybody enrolled', async () => {
      const found = await ledger({ journey: 'crowd', kind: 'enrolled' })
      return found.length >= crowd && found
    })
    assert.equal(new Set(rows.map((row) => row.contact)).size, crowd)
    assert.equal(rows.length, crowd)
  })

  await check('no phone number and no name stands in the ledger', async () => {
    assert.doesNotMatch(JSON.stringify(await ledger({})), /1380013800|林小满/)
  })

  await check('a wrong write key is refused', async () => {
    const stranger = new Analytics({ writeKey: 'wrong', host: server.url, maxRetries: 0 })
    const refused = new Promise((resolve) => stranger.on('error', resolve))
    stranger.track({ userId: 'stranger', messageId: 'x-1', event: 'crowd_came' })
    await stranger.closeAndFlush()
    await refused
    assert.equal((await ledger({ journey: 'crowd', kind: 'enrolled' })).filter(causedBy('x-1')).length, 0)
  })

  await server.stop()
  await check('audit verify: the chain of seals is intact', async () => {
    const verdict = await automation('audit', 'verify', '--data', data)
    assert.equal(verdict.intact, true)
  })
} catch (error) {
  console.error(server?.log().slice(-6000) ?? '')
  console.error(error)
  process.exitCode = 1
} finally {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
}
