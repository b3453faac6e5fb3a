import assert from 'node:assert/strict'
import { pause } from '../cluster.mjs'

/** A person holds an account at the api while the dispatcher sends for it: once that is answered no process calls its vendor, and later everything goes. */
export async function fault(cluster) {
  const { receiver } = cluster
  const door = ['--server', cluster.api.url, '--key', cluster.key, '--json']
  const calls = () => cluster.sql.number("SELECT count(*) FROM message_state WHERE account = 'receiver' AND status <> 0")
  const waiting = () => cluster.sql.number("SELECT count(*) FROM message_state WHERE account = 'receiver' AND status = 0")
  await cluster.automation('hold', 'account:receiver', '--reason', 'a wrong price', ...door)
  const claimed = await calls()
  await pause(3000)
  // Whoever called the vendor as it was held has been let finish since.
  const arrived = receiver.arrivals.size
  const waited = await waiting()
  await pause(2000)
  assert.equal(await calls(), claimed, 'Expected no message to be claimed after the hold was answered.')
  assert.equal(receiver.arrivals.size, arrived, 'Expected no call while the account is held.')
  assert.ok(await waiting() > waited && waited > 10, 'Expected the messages to wait.')
  const [seen] = (await cluster.get('/api/operations')).accounts.filter((one) => one.account === 'receiver')
  assert.ok(seen.waiting > waited && seen.oldest_seconds > 4, `Expected the console to tell what waits, but it tells ${JSON.stringify(seen)}.`)
  const released = JSON.parse(await cluster.automation('release', 'account:receiver', '--reason', 'mended', ...door))
  return { note: `${released.waiting} messages waited under a hold and went with its release` }
}
