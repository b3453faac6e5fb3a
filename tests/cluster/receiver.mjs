import { createServer } from 'node:http'

/** A vendor that takes webhooks and cannot be asked about them afterwards. It may be told to be slow. */
export class Receiver {
  /** By message id, each time it came. */
  arrivals = new Map()
  /** By the text of the message, when it came first. */
  firstAt = new Map()
  delay = 5
  #server

  async start() {
    this.#server = createServer(async (request, response) => {
      const parts = []
      for await (const part of request) parts.push(part)
      const id = request.headers['x-automation-message-id']
      const body = Buffer.concat(parts).toString()
      this.arrivals.set(id, (this.arrivals.get(id) ?? 0) + 1)
      const order = body.match(/o-[\w-]+/)?.[0]
      if (order && !this.firstAt.has(order)) this.firstAt.set(order, Date.now())
      setTimeout(() => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}'), this.delay)
    })
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${this.#server.address().port}/`
  }

  stop() {
    this.#server?.closeAllConnections()
    this.#server?.close()
  }
}
