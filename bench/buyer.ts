import { createServer } from 'node:http'

/**
 * A buyer on loopback that takes every lead at once, and fails at once where its path is `/fails`. Prints its port; says
 * how many sockets carried how many leads.
 */
let requests = 0
let sockets = 0

const server = createServer((request, response) => {
  if (request.url === '/stats') {
    response.end(JSON.stringify({ requests, sockets }))
    requests = 0
    sockets = 0
    return
  }
  requests++
  request.resume()
  request.on('end', () => {
    if (request.url === '/fails') return void response.writeHead(503).end()
    response.writeHead(201, { 'content-type': 'application/json' })
    response.end('{"status":"accepted","lead_id":"b-1"}')
  })
})
server.keepAliveTimeout = 30_000
server.on('connection', () => sockets++)
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as { port: number }).port}\n`))
process.on('disconnect', () => process.exit())
