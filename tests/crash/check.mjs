// Kill -9 at seeded moments while events pour in, eight times over. What the server acknowledged must be in the ledger exactly
// once, every order must have got its message exactly once (or stand among the unknown ones), the seals must hold, and every
// contact must be the fold of its records.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { automation, exported, Server } from './server.mjs'
import { Load, chance } from './load.mjs'

const seed = Number(process.argv[2] ?? 42)
const rounds = Number(process.argv[3] ?? 8)
const workspace = fileURLToPath(new URL('workspace', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'automation-crash-'))
const data = join(folder, 'data')
const random = chance(seed)
let server

try {
  const { key: writeKey } = await automation('key', 'create', '--data', data, '--role', 'write')
  const { key: adminKey } = await automation('key', 'create', '--data', data, '--role', 'admin')

  // An account that must never be repeated: like an SMS vendor, it would send a second time.
  server = await Server.start(data, adminKey)
  await server.put('/api/accounts/once', { connector: 'sandbox', configuration: { latency_ms: 15, idempotency: 'none' } })
  await server.stop()

  const load = new Load(seed, writeKey)
  for (let round = 1; round <= rounds; round++) {
    server = await Server.start(data, adminKey, workspace)
    const before = load.acknowledged.size
    const pouring = load.pour(server.url)
    await new Promise((resolve) => setTimeout(resolve, 300 + Math.floor(random() * 1200)))
    await server.kill()
    await load.stop(pouring)
    console.log(`round ${round}: ${load.acknowledged.size - before} events acknowledged, ${load.unsure.length} batches in doubt`)
  }

  server = await Server.start(data, adminKey, workspace)
  await load.repeatUnsure(server.url)
  await server.untilQuiet()
  const messages = await server.all('/api/messages', 'messages')
  const mailbox = await server.all('/api/sandbox/mailbox', 'messages')
  await server.stop()

  const records = await exported(data, join(folder, 'ledger.ndjson'))
  const events = records.filter((row) => row.kind === 'event').map((row) => row.event)
  const facts = records.filter((row) => row.kind !== 'event')
  const verdict = await automation('audit', 'verify', '--data', data, '--rebuild')

  judge({ load, events, facts, messages, mailbox, verdict })
} catch (error) {
  console.error(server?.log().slice(-6000) ?? '')
  console.error(error)
  process.exitCode = 1
} finally {
  await server?.kill()
  await rm(folder, { recursive: true, force: true })
}

function judge({ load, events, facts, messages, mailbox, verdict }) {
  const times = new Map()
  for (const event of events) times.set(event.message_id, (times.get(event.message_id) ?? 0) + 1)
  const lost = [...load.acknowledged].filter((id) => !times.has(id))
  const doubled = [...times].filter(([, count]) => count > 1)
  assert.deepEqual(lost, [], 'Expected every acknowledged event in the ledger, but some are missing.')
  assert.deepEqual(doubled, [], 'Expected every event once, but some stand twice.')
  assert.ok(load.acknowledged.size > 0, 'Expected the load to get through, but nothing was acknowledged.')

  const orders = events.filter((event) => event.name === 'order_paid')
  const enrolled = facts.filter((fact) => fact.kind === 'enrolled' && fact.journey === 'order-thanks')
  assert.equal(enrolled.length, orders.length, 'Expected each order to enrol once.')
  const thanks = messages.filter((message) => message.step === 'thanks')
  assert.equal(thanks.length, orders.length, 'Expected one message for each order.')
  assert.equal(new Set(messages.map((message) => message.id)).size, messages.length, 'Expected message ids to be unique.')

  const unknown = messages.filter((message) => message.status === 'unknown')
  const arrived = new Map(mailbox.map((mail) => [mail.messageId, mail]))
  assert.equal(arrived.size, mailbox.length, 'Expected each message once in the mailbox.')
  for (const message of messages) {
    assert.match(message.status, /^(sent|delivered|unknown)$/, `Expected an outcome for ${message.id}, but it is ${message.status}.`)
    if (message.status !== 'unknown') assert.ok(arrived.has(message.id), `Expected ${message.id} in the mailbox, but it is not there.`)
  }
  const twice = mailbox.filter((mail) => mail.account === 'once' && mail.arrivals > 1)
  assert.deepEqual(twice, [], 'Expected nothing to go out twice through an account that must not be repeated.')
  const told = new Set(facts.filter((fact) => fact.kind === 'message_unknown').map((fact) => fact.details.message))
  for (const message of unknown) assert.ok(told.has(message.id), `Expected a fact that ${message.id} is unknown.`)

  assert.equal(verdict.intact, true, `Expected the chain of seals intact, but: ${verdict.problem}`)
  assert.equal(verdict.rebuilt.differing, 0, `Expected every contact to be the fold of its records, but ${verdict.rebuilt.differing_contacts} differ.`)

  const repeated = mailbox.filter((mail) => mail.arrivals > 1).length
  console.log(`${load.acknowledged.size} events acknowledged, ${events.length} in the ledger, none lost, none twice`)
  console.log(`${orders.length} orders, ${messages.length} messages, ${mailbox.length} in the mailbox, ${unknown.length} unknown and listed, ${repeated} handed to an idempotent account again`)
  console.log(`${verdict.facts} facts under ${verdict.seals} seals intact, ${verdict.rebuilt.contacts} contacts rebuilt, 0 differ`)
}
