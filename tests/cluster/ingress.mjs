import amqp from 'amqplib'
import { chance } from '../crash/load.mjs'

/** Another system, in another language, that publishes single events and small lists. */
export class Ingress {
  confirmed = new Set()
  #random
  #url
  #stopping = false

  constructor(seed, url) {
    this.#random = chance(seed + 2)
    this.#url = url
  }

  async pour() {
    const connection = await amqp.connect(this.#url)
    const channel = await connection.createConfirmChannel()
    for (let n = 0; !this.#stopping; n++) {
      const calls = Array.from({ length: 1 + (n % 3) }, (_, i) => ({
        type: 'track', event: 'product_viewed', messageId: `amqp-${n}-${i}`, userId: `u-${Math.floor(this.#random() * 400)}`, properties: { product: `p-${n % 17}` },
      }))
      const body = Buffer.from(JSON.stringify(calls.length === 1 ? calls[0] : calls))
      await new Promise((resolve, reject) => channel.publish('automation.ingress', 'shop', body, { persistent: true, mandatory: true }, (error) => (error ? reject(error) : resolve())))
      for (const call of calls) this.confirmed.add(call.messageId)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    await connection.close()
  }

  async stop(publishing) {
    this.#stopping = true
    await publishing
  }
}
