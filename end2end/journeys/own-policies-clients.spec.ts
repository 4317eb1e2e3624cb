// Customer managed policies through the second door: boto3 and both generations of the CLI make them, change what they
// say, and are told in AWS's words what cannot be done.
import { aws, boto3, CLIS, keysOf } from '../fixtures/clients';
import { createAccount, expect, test } from '../fixtures/test';

test('boto3 makes a policy, and another version counts with the very next call', async () => {
  const account = await createAccount(true);
  const made = await boto3(
    `
def document(*actions):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": "*"}]}, indent=2)

policy = iam.create_policy(PolicyName="Storekeepers", Path="/team/", PolicyDocument=document("iam:ListUsers"),
                           Description="What storekeepers may.", Tags=[{"Key": "team", "Value": "store"}])["Policy"]
arn = policy["Arn"]
assert arn == "arn:aws:iam::${account.id}:policy/team/Storekeepers", policy
assert policy["PolicyId"].startswith("ANPA") and policy["DefaultVersionId"] == "v1" and policy["IsAttachable"], policy
read = iam.get_policy(PolicyArn=arn)["Policy"]
assert read["Description"] == "What storekeepers may." and read["Tags"] == [{"Key": "team", "Value": "store"}], read
iam.create_user(UserName="kim")
iam.attach_user_policy(UserName="kim", PolicyArn=arn)
key = iam.create_access_key(UserName="kim")["AccessKey"]
kim = boto3.client("iam", **{**kw, "aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]})
kim.list_users()

version = iam.create_policy_version(PolicyArn=arn, PolicyDocument=document("iam:ListGroups"), SetAsDefault=True)["PolicyVersion"]
assert version["VersionId"] == "v2" and version["IsDefaultVersion"], version
kim.list_groups()
try:
    kim.list_users()
    raise SystemExit("the first version still counts")
except ClientError as error:
    assert error.response["Error"]["Code"] == "AccessDenied", error
iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
kim.list_users()
document_read = iam.get_policy_version(PolicyArn=arn, VersionId="v2")["PolicyVersion"]["Document"]
assert document_read["Statement"][0]["Action"] == ["iam:ListGroups"], document_read
assert [v["VersionId"] for v in iam.list_policy_versions(PolicyArn=arn)["Versions"]] == ["v2", "v1"]

local = iam.list_policies(Scope="Local")["Policies"]
assert [(p["PolicyName"], p["AttachmentCount"]) for p in local] == [("Storekeepers", 1)], local
pages = iam.get_paginator("list_policies").paginate(PaginationConfig={"PageSize": 400})
every = [p["Arn"] for page in pages for p in page["Policies"]]
assert arn in every and len(every) == len(set(every)) > 1500, len(every)
assert [u["UserName"] for u in iam.list_entities_for_policy(PolicyArn=arn)["PolicyUsers"]] == ["kim"]
assert iam.get_account_summary()["SummaryMap"]["Policies"] == 1

iam.tag_policy(PolicyArn=arn, Tags=[{"Key": "TEAM", "Value": "stores"}])
iam.untag_policy(PolicyArn=arn, TagKeys=["nothing"])
assert iam.list_policy_tags(PolicyArn=arn)["Tags"] == [{"Key": "TEAM", "Value": "stores"}]

def refused(code, message, call, **arguments):
    try:
        call(**arguments)
        raise SystemExit("not refused: " + message)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        assert error.response["Error"]["Message"] == message, error

refused("DeleteConflict", "Cannot delete a policy attached to entities.", iam.delete_policy, PolicyArn=arn)
iam.detach_user_policy(UserName="kim", PolicyArn=arn)
iam.put_user_permissions_boundary(UserName="kim", PermissionsBoundary=arn)
refused("DeleteConflict", "Cannot delete a policy attached to entities.", iam.delete_policy, PolicyArn=arn)
iam.delete_user_permissions_boundary(UserName="kim")
refused("DeleteConflict", "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. "
        "The default version is deleted with the policy.", iam.delete_policy, PolicyArn=arn)
refused("DeleteConflict", "Cannot delete the default version of a policy.", iam.delete_policy_version, PolicyArn=arn, VersionId="v1")
refused("EntityAlreadyExists", "A policy called storekeepers already exists. Duplicate names are not allowed.",
        iam.create_policy, PolicyName="storekeepers", PolicyDocument=document("s3:*"))
refused("MalformedPolicyDocument", "Syntax errors in policy.", iam.create_policy, PolicyName="x", PolicyDocument="{")
iam.delete_policy_version(PolicyArn=arn, VersionId="v2")
iam.delete_policy(PolicyArn=arn)
refused("NoSuchEntity", f"Policy {arn} was not found.", iam.get_policy, PolicyArn=arn)
`,
    keysOf(account),
  );
  expect(made.err).toBe('');
});

for (const [generation, cli] of Object.entries(CLIS)) {
  test(`CLI ${generation} makes, attaches and deletes a policy`, async () => {
    const account = await createAccount(true);
    const root = keysOf(account);
    const iam = (...words: string[]) => aws(cli, ['iam', ...words], root);
    const document = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' },
    });
    const made = await iam('create-policy', '--policy-name', 'Listing', '--policy-document', document);
    expect(made.err).toBe('');
    const arn = JSON.parse(made.out).Policy.Arn;
    expect(arn).toBe(`arn:aws:iam::${account.id}:policy/Listing`);
    expect((await iam('create-group', '--group-name', 'Staff')).err).toBe('');
    expect((await iam('attach-group-policy', '--group-name', 'Staff', '--policy-arn', arn)).err).toBe('');
    const attached = await iam('list-attached-group-policies', '--group-name', 'Staff');
    expect(JSON.parse(attached.out).AttachedPolicies).toEqual([{ PolicyName: 'Listing', PolicyArn: arn }]);
    const version = await iam('create-policy-version', '--policy-arn', arn, '--policy-document', document, '--set-as-default');
    expect(JSON.parse(version.out).PolicyVersion).toMatchObject({ VersionId: 'v2', IsDefaultVersion: true });
    const refused = await iam('delete-policy', '--policy-arn', arn);
    expect(refused.err).toContain('(DeleteConflict) when calling the DeletePolicy operation: Cannot delete a policy attached to entities.');
    const read = await iam('delete-policy', '--policy-arn', 'arn:aws:iam::aws:policy/ReadOnlyAccess');
    expect(read.err).toContain('(AccessDenied)');
    expect((await iam('detach-group-policy', '--group-name', 'Staff', '--policy-arn', arn)).err).toBe('');
    expect((await iam('delete-policy-version', '--policy-arn', arn, '--version-id', 'v1')).err).toBe('');
    expect((await iam('delete-policy', '--policy-arn', arn)).err).toBe('');
  });
}
