import { apiApp } from '@/lib/api'

export const GET = (request: Request): Response | Promise<Response> => apiApp.fetch(request)
