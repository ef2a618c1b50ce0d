import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { currentUser } from '@/lib/auth'
import { AuthCard } from '../auth-card'
import { nextPath } from '../next-path'
import { SignUpForm } from './sign-up-form'

export const metadata: Metadata = { title: 'Create an account' }

type SignUpPageProps = { searchParams: Promise<{ next?: string | string[] }> }

export default async function SignUpPage({ searchParams }: SignUpPageProps) {
  const { next } = await searchParams
  const after = nextPath(next)
  if (await currentUser()) redirect(after)
  const carried = typeof next === 'string' ? `?next=${encodeURIComponent(after)}` : ''
  return (
    <AuthCard
      title="Create an account"
      lead="One for your company. You can sell and buy leads with it, and connect to partners."
      foot={
        <>
          Already have one?{' '}
          <Link href={`/sign-in${carried}`} className="font-medium text-accent-text underline-offset-4 hover:underline">
            Sign in
          </Link>
        </>
      }
    >
      <SignUpForm next={after} />
    </AuthCard>
  )
}
