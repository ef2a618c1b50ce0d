import { mounted } from '@/lib/api'

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = mounted
