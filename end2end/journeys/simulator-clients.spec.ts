// The policy simulator by boto3: given policies, a user's and a group's own, boundaries, missing keys, AWS's errors.
import { keysOf, run } from '../fixtures/clients';
import { createAccount, test } from '../fixtures/test';

const PRELUDE = `
def policy(effect, action, resource="*", **more):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": effect, "Action": action, "Resource": resource, **more}]})

def decisions(answer):
    return [result["EvalDecision"] for result in answer["EvaluationResults"]]
`;

test('policies are simulated from text and from those in force', async () => {
  test.setTimeout(120_000);
  const account = await createAccount(true);
  const keys = keysOf(account);
  const ann = `arn:aws:iam::${account.id}:user/ann`;
  const staff = `arn:aws:iam::${account.id}:group/Staff`;

  await run(
    `${PRELUDE}
answer = iam.simulate_custom_policy(
    PolicyInputList=[policy("Allow", "s3:Get*"), policy("Deny", "s3:GetObjectAcl")],
    ActionNames=["s3:GetObject", "s3:GetObjectAcl", "ec2:RunInstances"])
assert answer["IsTruncated"] is False, answer
assert decisions(answer) == ["allowed", "explicitDeny", "implicitDeny"], answer
first = answer["EvaluationResults"][0]
assert first["EvalResourceName"] == "*" and first["MissingContextValues"] == [] and first["ResourceSpecificResults"] == [], first
matched = first["MatchedStatements"]
assert [m["SourcePolicyId"] for m in matched] == ["PolicyInputList.1"], matched
assert matched[0]["SourcePolicyType"] == "IAM Policy" and matched[0]["StartPosition"] == {"Line": 1, "Column": 41}, matched
assert matched[0]["EndPosition"]["Line"] == 1 and matched[0]["EndPosition"]["Column"] > 41, matched
assert first["OrganizationsDecisionDetail"] == {"AllowedByOrganizations": True} and first.get("EvalDecisionDetails", {}) == {}, first

mfa = policy("Allow", "s3:ListBucket", Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}, "StringLike": {"s3:prefix": "\${aws:username}/*"}})
assert iam.get_context_keys_for_custom_policy(PolicyInputList=[mfa])["ContextKeyNames"] == ["aws:MultiFactorAuthPresent", "s3:prefix", "aws:username"]
bare = iam.simulate_custom_policy(PolicyInputList=[mfa], ActionNames=["s3:ListBucket"], ResourceArns=["arn:aws:s3:::bills"])
specific = bare["EvaluationResults"][0]["ResourceSpecificResults"][0]
assert specific["EvalResourceDecision"] == "implicitDeny" and len(specific["MissingContextValues"]) == 3, bare
entries = [dict(ContextKeyName="aws:MultiFactorAuthPresent", ContextKeyType="boolean", ContextKeyValues=["true"]),
           dict(ContextKeyName="s3:prefix", ContextKeyType="string", ContextKeyValues=["ann/bills"])]
told = iam.simulate_custom_policy(PolicyInputList=[mfa], ActionNames=["s3:ListBucket"], ContextEntries=entries, CallerArn="${ann}")
assert decisions(told) == ["allowed"], told

bounded = iam.simulate_custom_policy(PolicyInputList=[policy("Allow", "*")], ActionNames=["iam:CreateUser"],
                                     PermissionsBoundaryPolicyInputList=[policy("Allow", "s3:*")])
detail = bounded["EvaluationResults"][0]["PermissionsBoundaryDecisionDetail"]
assert decisions(bounded) == ["implicitDeny"] and detail == {"AllowedByPermissionsBoundary": False}, bounded
`,
    keys,
  );

  await run(
    `${PRELUDE}
iam.create_user(UserName="ann", Tags=[dict(Key="Team", Value="blue")])
iam.create_group(GroupName="Staff")
iam.add_user_to_group(UserName="ann", GroupName="Staff")
iam.attach_user_policy(UserName="ann", PolicyArn="arn:aws:iam::aws:policy/IAMReadOnlyAccess")
iam.put_user_policy(UserName="ann", PolicyName="Storage", PolicyDocument=policy("Allow", "s3:*", Condition={"StringEquals": {"aws:PrincipalTag/Team": "blue"}}))
iam.put_group_policy(GroupName="Staff", PolicyName="Careful", PolicyDocument=policy("Deny", "s3:DeleteBucket"))
asked = dict(PolicySourceArn="${ann}", ActionNames=["s3:PutObject", "s3:DeleteBucket", "iam:ListUsers", "iam:CreateUser"])
answer = iam.simulate_principal_policy(**asked)
assert decisions(answer) == ["allowed", "explicitDeny", "allowed", "implicitDeny"], answer
ids = [[m["SourcePolicyId"] for m in result["MatchedStatements"]] for result in answer["EvaluationResults"]]
assert ids == [["user_ann_Storage"], ["group_Staff_Careful"], ["IAMReadOnlyAccess"], []], ids
group = iam.simulate_principal_policy(PolicySourceArn="${staff}", ActionNames=["s3:DeleteBucket", "s3:PutObject"])
assert decisions(group) == ["explicitDeny", "implicitDeny"], group
assert iam.get_context_keys_for_principal_policy(PolicySourceArn="${ann}")["ContextKeyNames"] == ["aws:PrincipalTag/Team"]

granting = iam.list_policies_granting_service_access(Arn="${ann}", ServiceNamespaces=["s3", "iam", "ec2"])
told = {e["ServiceNamespace"]: [(p["PolicyName"], p["PolicyType"], p.get("EntityName")) for p in e["Policies"]] for e in granting["PoliciesGrantingServiceAccess"]}
assert granting["IsTruncated"] is False, granting
assert told == {"s3": [("Storage", "INLINE", "ann")], "iam": [("IAMReadOnlyAccess", "MANAGED", None)], "ec2": []}, told

pages = iam.get_paginator("simulate_principal_policy").paginate(**asked, PaginationConfig=dict(PageSize=3))
assert [len(page["EvaluationResults"]) for page in pages] == [3, 1]

simulate = iam.simulate_principal_policy
nobody = "${ann}".replace("/ann", "/nobody")
assert refused("NoSuchEntity", simulate, PolicySourceArn=nobody, ActionNames=["s3:GetObject"]) == "The user with name nobody cannot be found."
refused("InvalidInput", simulate, PolicySourceArn="${ann}", ActionNames=["s3:*"])
refused("InvalidInput", iam.simulate_custom_policy, PolicyInputList=["{}"], ActionNames=["s3:GetObject"])
`,
    keys,
  );
});
