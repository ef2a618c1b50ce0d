'use client'

import { signOut } from 'next-auth/react'

/** Ends this browser's session on the server and goes to the sign-in page. */
export const signOutHere = () => signOut({ callbackUrl: '/sign-in' })
