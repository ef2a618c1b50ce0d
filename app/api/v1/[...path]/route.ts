import { apiApp } from '@/lib/api'

const handle = (request: Request): Response | Promise<Response> => apiApp.fetch(request)

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT }
