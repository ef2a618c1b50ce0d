import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { currentUser } from '@/lib/auth'
import { AuthCard } from '../auth-card'
import { nextPath } from '../next-path'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

type SignInPageProps = { searchParams: Promise<{ next?: string | string[]; email?: string | string[] }> }

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next, email } = await searchParams
  const after = nextPath(next)
  if (await currentUser()) redirect(after)
  const carried = typeof next === 'string' ? `?next=${encodeURIComponent(after)}` : ''
  return (
    <AuthCard
      title="Sign in"
      lead="To your flows, connections and leads."
      foot={
        <>
          New here?{' '}
          <Link href={`/sign-up${carried}`} className="font-medium text-accent-text underline-offset-4 hover:underline">
            Create an account
          </Link>
        </>
      }
    >
      <SignInForm next={after} email={typeof email === 'string' ? email : ''} />
    </AuthCard>
  )
}
