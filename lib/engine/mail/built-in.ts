/** What a mail says when neither its step nor its account says it: whoever, whatever fields the flow has, and how to answer. */
export const builtInMail = {
  subject:
    'New lead{% if lead.first_name != blank or lead.last_name != blank %}: {{lead.first_name}} {{lead.last_name}}{% endif %} ({{flow.name}})',
  html: `<div style="margin:0 auto;max-width:600px;padding:24px 16px;font-family:-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5;color:#18181b">
  <h1 style="margin:0 0 4px;font-size:20px;line-height:1.3;font-weight:600">{% if lead.first_name != blank or lead.last_name != blank %}{{lead.first_name}} {{lead.last_name}}{% else %}New lead{% endif %}</h1>
  <p style="margin:0 0 16px;color:#52525b">{{flow.name}}, {{event_timestamp | date: "%B %-d, %Y, %H:%M"}} UTC</p>
  {{fields_table}}
  <p style="margin:16px 0 0;font-size:13px;color:#71717a">Event ID: <span style="font-family:monospace">{{event_id}}</span><br>Name it when you report a return or a conversion of this lead.</p>
</div>`,
  text: `{% if lead.first_name != blank or lead.last_name != blank %}{{lead.first_name}} {{lead.last_name}}{% else %}New lead{% endif %}
{{flow.name}}, {{event_timestamp | date: "%B %-d, %Y, %H:%M"}} UTC

{{fields_text}}

Event ID: {{event_id}}
Name it when you report a return or a conversion of this lead.
`,
}
