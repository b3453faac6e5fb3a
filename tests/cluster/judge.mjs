// The promises of the engine, asked of the ledger, of the vendors, and of the store after each fault.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const capAtMost = 3

/** Everything since the start is looked at again each time; the counts are of all of it. */
export async function judge(cluster) {
  const [verdict, events, facts, messages] = await Promise.all([
    cluster.automation('audit', 'verify', '--postgres', cluster.environment.AUTOMATION_POSTGRES, '--rebuild', '--json').then(JSON.parse),
    cluster.sql.rows('SELECT message_id, name FROM event'),
    cluster.sql.rows("SELECT kind, reason, details::json->>'message' FROM fact WHERE kind IN ('message_suppressed', 'message_unknown')"),
    cluster.sql.rows('SELECT message.id, contact, step, status FROM message JOIN message_state USING (number)'),
  ])
  const counts = { events: events.length, facts: verdict.facts, seals: verdict.seals, messages: messages.length, contacts: verdict.rebuilt.contacts }
  once(cluster.load, events.map(([id]) => id))
  counts.suppressed = messagesOfOrders(events, facts, messages)
  Object.assign(counts, atVendors(cluster, facts, messages, lines(await readFile(cluster.mailbox, 'utf8'))))
  assert.equal(verdict.intact, true, `Expected the chains of seals intact, but: ${verdict.problem}`)
  assert.equal(verdict.rebuilt.differing, 0, `Expected every contact to be the fold of its records, but ${verdict.rebuilt.differing_contacts} differ.`)
  return counts
}

/** At the end: what `audit export` writes is the whole of it. */
export async function judgeExport(cluster, counts) {
  const file = join(cluster.folder, 'ledger.ndjson')
  await cluster.automation('audit', 'export', '--postgres', cluster.environment.AUTOMATION_POSTGRES, '--events', '--out', file)
  const records = lines(await readFile(file, 'utf8'))
  const events = records.filter((row) => row.kind === 'event').map((row) => row.event.message_id)
  assert.deepEqual(events.filter((id) => !cluster.load.accepted.has(id)), [], 'Expected only accepted events in the export.')
  assert.equal(new Set(events).size, cluster.load.accepted.size, 'Expected every accepted event in the export.')
  assert.deepEqual([events.length, records.length - events.length], [counts.events, counts.facts], 'Expected every event and fact in the export once.')
}

function once(load, ids) {
  const times = count(ids)
  const accepted = new Map([...load.accepted].map((id) => [stored(id), id]))
  const lost = [...accepted.keys()].filter((id) => !times.has(id))
  assert.deepEqual(lost.slice(0, 10).map((id) => accepted.get(id)), [], `Expected every accepted event in the ledger, but ${lost.length} are missing.`)
  assert.deepEqual([...times].filter(([, n]) => n > 1), [], 'Expected every event once, but some stand twice.')
  const unasked = [...times.keys()].filter((id) => !accepted.has(id))
  assert.deepEqual(unasked.slice(0, 10), [], `Expected nothing in the ledger that nobody was told of, but ${unasked.length} events are.`)
}

// Each order is one webhook and one note; its thanks is a message, or a fact that the cap forbade it.
function messagesOfOrders(events, facts, messages) {
  const orders = events.filter(([, name]) => name === 'order_paid').length
  const suppressed = facts.filter(([kind]) => kind === 'message_suppressed')
  assert.deepEqual(suppressed.filter(([, reason]) => reason !== 'frequency_cap'), [], 'Expected no message to be held back but by the cap.')
  const steps = count(messages.map(([, , step]) => step))
  for (const step of ['note', 'tell']) assert.equal(steps.get(step) ?? 0, orders, `Expected one message for each order at ${step}.`)
  assert.equal((steps.get('thanks') ?? 0) + suppressed.length, orders, 'Expected a message or a suppression for each order at thanks.')
  const thanked = count(messages.filter(([, , step]) => step === 'thanks').map(([, contact]) => contact))
  const over = [...thanked].filter(([, n]) => n > capAtMost)
  assert.deepEqual(over.slice(0, 10), [], `Expected at most ${capAtMost} messages by SMS for each contact, but ${over.length} have more.`)
  return suppressed.length
}

function atVendors(cluster, facts, messages, mailbox) {
  const arrived = count(mailbox.map((mail) => mail.id))
  for (const [id, n] of cluster.receiver.arrivals) arrived.set(dashed(id), n)
  const listed = new Set(facts.filter(([kind]) => kind === 'message_unknown').map(([, , message]) => message))
  for (const [id, , step, status] of messages) {
    // Sent, delivered, or unknown.
    assert.ok(['2', '3', '5'].includes(status), `Expected an outcome, but message ${id} of ${step} has status ${status}.`)
    if (status === '5') assert.ok(listed.has(id), `Expected a fact that ${id} is unknown.`)
    else assert.ok(arrived.has(id), `Expected message ${id} of ${step} at its vendor, but it is not there.`)
  }
  const twice = [...arrived].filter(([id, n]) => n > 1 && !listed.has(id))
  assert.deepEqual(twice, [], 'Expected no message twice at its vendor.')
  return { arrived: arrived.size, unknown: messages.filter(([, , , status]) => status === '5').length }
}

// As docs/ledger.md says: the first half of the SHA-256 of an id that is no UUID.
function stored(id) { return dashed(createHash('sha256').update(id).digest('hex').slice(0, 32)) }

function count(values) {
  const times = new Map()
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1)
  return times
}

function lines(text) { return text.split('\n').filter(Boolean).map((line) => JSON.parse(line)) }

function dashed(id) { return id.includes('-') ? id : id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') }
