import { describe, expect, test } from 'vitest'
import { readWsdl, wsdlImports } from '../index'

const wsdl = (inside: string) => `<?xml version="1.0"?>
<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://www.w3.org/2001/XMLSchema"
  xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/"
  xmlns:tns="urn:leads" targetNamespace="urn:leads">${inside}</wsdl:definitions>`

const schema = `<wsdl:types><s:schema targetNamespace="urn:leads" elementFormDefault="qualified">
  <s:simpleType name="State"><s:restriction base="s:string"><s:enumeration value="CA"/><s:enumeration value="TX"/></s:restriction></s:simpleType>
  <s:complexType name="Contact"><s:sequence>
    <s:element name="Email" type="s:string"/><s:element name="State" type="tns:State" minOccurs="0"/>
    <s:element name="Friend" type="tns:Contact" minOccurs="0"/>
  </s:sequence></s:complexType>
  <s:complexType name="Owner"><s:complexContent><s:extension base="tns:Contact"><s:sequence>
    <s:element name="Since" type="s:date"/></s:sequence></s:extension></s:complexContent></s:complexType>
  <s:element name="AddLead"><s:complexType><s:sequence>
    <s:element name="Key" type="s:string"/><s:element name="Score" type="s:int" minOccurs="0"/>
    <s:element name="Owner" type="tns:Owner"/><s:element name="Tag" type="s:string" maxOccurs="unbounded"/>
  </s:sequence></s:complexType></s:element>
</s:schema></wsdl:types>`

const service = `<wsdl:message name="In"><wsdl:part name="parameters" element="tns:AddLead"/></wsdl:message>
<wsdl:message name="RpcIn"><wsdl:part name="LeadXML" type="s:string"/></wsdl:message>
<wsdl:portType name="P"><wsdl:operation name="Add"><wsdl:input message="tns:In"/></wsdl:operation>
<wsdl:operation name="Old"><wsdl:input message="tns:RpcIn"/></wsdl:operation></wsdl:portType>
<wsdl:binding name="B" type="tns:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
  <wsdl:operation name="Add"><soap:operation soapAction="urn:leads/Add"/><wsdl:input><soap:body use="literal"/></wsdl:input></wsdl:operation>
  <wsdl:operation name="Old"><soap:operation soapAction="" style="rpc"/><wsdl:input><soap:body use="literal" namespace="urn:old"/></wsdl:input></wsdl:operation></wsdl:binding>
<wsdl:binding name="B12" type="tns:P"><soap12:binding transport="http://schemas.xmlsoap.org/soap/http"/>
  <wsdl:operation name="Add"><soap12:operation soapAction="urn:leads/Add12"/><wsdl:input><soap12:body use="literal"/></wsdl:input></wsdl:operation></wsdl:binding>
<wsdl:service name="S"><wsdl:port name="Q" binding="tns:B"><soap:address location="https://x.example/leads?a=1&amp;b=2"/></wsdl:port>
<wsdl:port name="Q12" binding="tns:B12"><soap12:address location="https://x.example/12"/></wsdl:port></wsdl:service>`

const operationsOf = (text: string, imported: string[] = []) => {
  const read = readWsdl(text, imported)
  if (!read.ok) throw new Error(read.error.message)
  return read.value.operations
}
const refusalOf = (text: string) => {
  const read = readWsdl(text)
  return read.ok ? undefined : read.error
}

describe('a WSDL', () => {
  test('offers its operations with what each is asked for', () => {
    const [add, old, add12] = operationsOf(wsdl(schema + service))
    expect(add).toEqual({
      name: 'Add',
      element: 'AddLead',
      version: 'soap11',
      action: 'urn:leads/Add',
      namespace: 'urn:leads',
      style: 'document',
      qualified: true,
      url: 'https://x.example/leads?a=1&b=2',
      arguments: [
        { path: 'Key', type: 'string', required: true, many: false },
        { path: 'Score', type: 'int', required: false, many: false },
        { path: 'Owner.Email', type: 'string', required: true, many: false },
        { path: 'Owner.State', type: 'string', required: false, many: false, values: ['CA', 'TX'] },
        { path: 'Owner.Friend.Email', type: 'string', required: false, many: false },
        { path: 'Owner.Friend.State', type: 'string', required: false, many: false, values: ['CA', 'TX'] },
        { path: 'Owner.Since', type: 'date', required: true, many: false },
        { path: 'Tag.0', type: 'string', required: true, many: true },
      ],
    })
    expect(old).toMatchObject({
      element: 'Old',
      style: 'rpc',
      namespace: 'urn:old',
      qualified: false,
      arguments: [{ path: 'LeadXML', type: 'string' }],
    })
    expect(add12).toMatchObject({ version: 'soap12', action: 'urn:leads/Add12', url: 'https://x.example/12' })
  })

  test('may be continued in other documents', () => {
    const whole = wsdl(`<wsdl:types><s:schema><s:import schemaLocation="leads.xsd"/></s:schema></wsdl:types>${service}`)
    expect(wsdlImports(whole)).toEqual(['leads.xsd'])
    const xsd = /<s:schema.*<\/s:schema>/s
      .exec(schema)?.[0]
      .replace('<s:schema', '<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema" xmlns:tns="urn:leads"')
    expect(operationsOf(whole, [xsd ?? ''])[0]?.arguments).toHaveLength(8)
  })

  test.each([
    ['', /empty/],
    ['<html><body></body></html>', /This is no WSDL: Its first element is “html”/],
    ['<description xmlns="http://www.w3.org/ns/wsdl"/>', /WSDL 2.0/],
    [wsdl(schema), /no operation/],
    ['{"a":1}', /can’t be read/],
  ])('that is none is refused: %s', (text, words) => {
    expect(refusalOf(text)?.message).toMatch(words)
  })

  test('that is broken is refused with the place', () => {
    const broken = wsdl(schema).replace('</wsdl:types>', '</wsdl:typos>')
    expect(refusalOf(broken)).toMatchObject({
      line: expect.any(Number),
      message: expect.stringMatching(/\(line \d+, character \d+\)/),
    })
  })

  test('with a DTD or entities is refused', () => {
    const bomb = `<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "b">]>${wsdl('')}`
    expect(refusalOf(bomb)).toMatchObject({ line: 2, message: expect.stringContaining('DTD') })
  })
})
