import { Fragment, type ReactNode } from 'react'
import { Body, Button, Container, Head, Heading, Html, Link, Preview, Section, Text } from 'react-email'

const ink = '#18181b'
const muted = '#71717a'
const accent = '#4f46e5'
const fontFamily = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"

const paragraph = { color: ink, fontSize: '15px', lineHeight: '24px', margin: '0 0 16px' }

/** The one look of every mail: a heading, what happened, one button, and its link in clear for who can't press it. */
export function Frame({ preview, heading, children }: { preview: string; heading: string; children: ReactNode }) {
  return (
    <Html lang="en">
      <Head />
      <Preview>{preview}</Preview>
      <Body style={{ backgroundColor: '#f4f4f5', fontFamily, margin: 0, padding: '32px 12px' }}>
        <Container
          style={{
            backgroundColor: '#ffffff',
            border: '1px solid #e4e4e7',
            borderRadius: '10px',
            maxWidth: '520px',
            padding: '32px',
          }}
        >
          <Text style={{ color: accent, fontSize: '14px', fontWeight: 600, margin: '0 0 20px' }}>Baton</Text>
          <Heading as="h1" style={{ color: ink, fontSize: '20px', lineHeight: '28px', margin: '0 0 16px' }}>
            {heading}
          </Heading>
          {children}
        </Container>
      </Body>
    </Html>
  )
}

export const Paragraph = ({ children }: { children: ReactNode }) => <Text style={paragraph}>{children}</Text>

export const Small = ({ children }: { children: ReactNode }) => (
  <Text style={{ color: muted, fontSize: '13px', lineHeight: '20px', margin: '0 0 12px' }}>{children}</Text>
)

/** What someone wrote by hand, set apart from our own words. Line breaks stay. */
export const Quote = ({ children }: { children: string }) => (
  <Section style={{ borderLeft: '3px solid #e4e4e7', margin: '0 0 20px', paddingLeft: '14px' }}>
    <Text style={{ ...paragraph, margin: 0 }}>
      {children.split(/\r?\n/).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a fixed text have no other name
        <Fragment key={index}>
          {index > 0 && <br />}
          {line}
        </Fragment>
      ))}
    </Text>
  </Section>
)

export const Action = ({ href, children }: { href: string; children: string }) => (
  <Section style={{ margin: '8px 0 24px' }}>
    <Button
      href={href}
      style={{
        backgroundColor: accent,
        borderRadius: '8px',
        color: '#ffffff',
        fontSize: '15px',
        fontWeight: 600,
        padding: '12px 20px',
      }}
    >
      {children}
    </Button>
  </Section>
)

export const PlainLink = ({ href }: { href: string }) => (
  <Link href={href} style={{ color: accent }}>
    {href}
  </Link>
)
