// Lab 4, a billing alarm with a confirmed mail. Then the same by boto3 and both generations of the CLI.
import { aws, boto3, CLIS, keysOf } from '../fixtures/clients';
import { createAccount, enterAsRoot, expect, expectAccessible, picture, test } from '../fixtures/test';
import type { Page } from '@playwright/test';

const SUBJECT = 'ALARM: "Too dear" in US East (N. Virginia)';

async function spend(page: Page, amount: string): Promise<void> {
  await page.goto('/billing/home');
  await page.getByTestId('spend-amount').fill(amount);
  await page.getByTestId('add-spend-submit').click();
  await expect(page.getByText(`$${amount} for`)).toBeVisible();
}

async function state(page: Page): Promise<string> {
  await page.goto('/cloudwatch/alarms');
  return page.getByTestId('alarm-state').first().innerText();
}

async function choose(page: Page, entry: string): Promise<void> {
  await page.getByTestId('alarm-menu').click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
}

test('a billing alarm mails whoever confirmed it', async ({ page, account, browser }) => {
  await enterAsRoot(page, account);
  await page.goto('/cloudwatch/billing?region=us-east-2');
  await expect(page.getByTestId('billing-region')).toContainText('Billing metric data is stored in US East (N. Virginia)');
  await page.getByTestId('switch-region').click();
  await expect(page.getByTestId('billing-region')).toHaveCount(0);
  await expect(page.getByTestId('billing-alerts-off')).toContainText('Billing alerts are turned off');
  await expectAccessible(page);
  await page.getByTestId('create-first-alarm').click();
  await page.getByTestId('to-billing-preferences').click();
  await page.getByTestId('billing-alerts').check();
  await page.getByTestId('save-preferences').click();
  await expect(page.getByTestId('billing-alerts')).toBeDisabled();
  await page.goto('/cloudwatch/billing');
  await expect(page.getByTestId('billing-alerts-off')).toHaveCount(0);
  await page.getByTestId('create-first-alarm').click();

  await expect(page.getByTestId('alarm-metric')).toContainText('AWS/Billing / EstimatedCharges (Currency = USD)');
  await expect(page.getByTestId('alarm-statistic')).toHaveValue('Maximum');
  await expect(page.getByTestId('alarm-period')).toHaveValue('21600');
  for (const wrong of ['', 'x', 'NaN']) {
    await page.getByTestId('alarm-threshold').fill(wrong);
    await page.getByTestId('next').click();
    await expect(page.getByTestId('alarm-threshold-field-error'), wrong).toBeVisible();
  }
  await page.getByTestId('alarm-threshold').fill('10');
  await page.getByTestId('update-graph').click();
  await expect(page.getByTestId('metric-graph-caption')).toContainText('Threshold: 10.');
  await expect(page.getByTestId('threshold-line')).toHaveCount(1);
  await expectAccessible(page);
  await picture(browser, page, 'alarm-conditions');
  await page.getByTestId('next').click();

  await expect(page.getByTestId('notice-0-topic')).toHaveValue('Default_CloudWatch_Alarms_Topic');
  await page.getByTestId('notice-0-emails').fill('no-address');
  await page.getByTestId('next').click();
  await expect(page.getByTestId('notice-0-emails-field-error')).toBeVisible();
  await page.getByTestId('notice-0-emails').fill('ann@example.com');
  await page.getByTestId('create-topic').click();
  await expect(page.getByTestId('notice-0-endpoints')).toContainText('ann@example.com (Pending confirmation)');
  await expectAccessible(page);
  await page.getByTestId('next').click();

  await page.getByTestId('next').click();
  await expect(page.getByTestId('alarm-name-field-error')).toBeVisible();
  await page.getByTestId('alarm-name').fill('Too dear');
  await page.getByTestId('alarm-description').fill('Practice');
  await page.getByTestId('next').click();

  await expect(page.getByTestId('step-title')).toContainText('Preview and create');
  await expect(page.getByText(/^arn:aws:sns:us-east-1:\d+:Default_CloudWatch_Alarms_Topic$/)).toBeVisible();
  await expectAccessible(page);
  await page.getByTestId('create-alarm').click();
  await expect(page.getByText('Successfully created alarm Too dear.')).toBeVisible();
  await expect(page.getByTestId('pending-subscriptions')).toBeVisible();
  expect(await state(page)).toBe('Insufficient data');
  await expectAccessible(page);

  await page.goto('/sns/subscriptions');
  await expect(page.getByTestId('status')).toHaveText('Pending confirmation');
  await expectAccessible(page);
  await page.goto('/inbox');
  await page.getByRole('link', { name: 'Subscription Confirmation' }).first().click();
  const confirm = page.getByTestId('mail-text').getByRole('link').first();
  const address = (await confirm.getAttribute('href')) ?? '';
  // Whoever opens the mail need not be signed in; and looking at the page confirms nothing.
  const reader = await (await browser.newContext()).newPage();
  await reader.goto(address);
  await expect(reader.getByTestId('link-title')).toHaveText('Confirm subscription');
  await expectAccessible(reader);
  await page.goto('/sns/subscriptions');
  await expect(page.getByTestId('status')).toHaveText('Pending confirmation');
  await reader.getByTestId('confirm-subscription').click();
  await expect(reader.getByTestId('link-title')).toHaveText('Subscription confirmed!');
  await expect(reader.getByTestId('confirmed-subscription')).toContainText('ann@example.com');
  await expect(reader.getByTestId('subscription-id')).toContainText(':Default_CloudWatch_Alarms_Topic:');
  await page.goto('/sns/subscriptions');
  await expect(page.getByTestId('status')).toHaveText('Confirmed');

  await spend(page, '9.00');
  expect(await state(page)).toBe('OK');
  await spend(page, '7.23');
  expect(await state(page)).toBe('In alarm');
  const event = 'Alarm Too dear in US East (N. Virginia) is in alarm';
  await page.getByTestId('notices-menu').click();
  await expect(page.getByRole('dialog', { name: 'Notifications' }).getByRole('link', { name: event })).toBeVisible();
  await page.getByRole('link', { name: 'View all alerts' }).click();
  await expect(page.getByTestId('page-title')).toContainText('Event log');
  await expectAccessible(page);
  await page.getByTestId('events-row').getByRole('link', { name: event }).click();
  await expect(page.getByTestId('page-title')).toHaveText('Too dear');
  await expectAccessible(page);
  await picture(browser, page, 'alarm');
  await page.getByTestId('tab-history').click();
  await expect(page.getByText('Alarm updated from OK to ALARM')).toBeVisible();
  await expect(page.getByText('Successfully executed action')).toBeVisible();
  await page.getByTestId('tab-actions').click();
  await expect(page.getByRole('link', { name: 'Default_CloudWatch_Alarms_Topic' })).toBeVisible();

  await page.goto('/inbox');
  await page.getByRole('link', { name: SUBJECT }).first().click();
  await expect(page.getByTestId('mail-text')).toContainText('has entered the ALARM state, because "Threshold Crossed: 1 datapoint [16.23');
  const end = page.getByTestId('mail-text').getByRole('link', { name: '/subscription/unsubscribe' });
  await reader.goto((await end.getAttribute('href')) ?? '');
  await reader.getByTestId('unsubscribe').click();
  await expect(reader.getByTestId('link-title')).toHaveText('Subscription removed!');
  await reader.context().close();

  await page.goto('/cloudwatch/alarms/Too%20dear');
  await choose(page, 'Disable alarm actions');
  await expect(page.getByText('Actions of alarm Too dear were disabled.')).toBeVisible();
  await choose(page, 'Edit');
  await page.getByTestId('alarm-threshold').fill('20');
  for (let step = 1; step < 4; step++) await page.getByTestId('next').click();
  await page.getByTestId('create-alarm').click();
  expect(await state(page)).toBe('OK');
  await page.getByTestId('alarm-name').first().click();
  await choose(page, 'Delete');
  await page.getByRole('dialog').getByRole('textbox').fill('delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Alarm Too dear was deleted.')).toBeVisible();
});

test('a topic is made, published to, and deleted', async ({ page, account }) => {
  await enterAsRoot(page, account);
  await page.goto('/sns/topics');
  await page.getByTestId('create-first-topic').click();
  await page.getByTestId('topic-name').fill('a b');
  await page.getByTestId('submit-topic').click();
  await expect(page.getByTestId('topic-name-field-error')).toContainText('Invalid parameter: Topic Name');
  await page.getByTestId('topic-name').fill('News');
  await expectAccessible(page);
  await page.getByTestId('submit-topic').click();
  await expect(page.getByTestId('page-title')).toHaveText('News');
  await expectAccessible(page);
  await page.getByTestId('create-first-subscription').click();
  await page.getByTestId('subscription-endpoint').fill('nobody');
  await page.getByTestId('submit-subscription').click();
  await expect(page.getByTestId('subscription-endpoint-field-error')).toBeVisible();
  await page.getByTestId('subscription-endpoint').fill('ann@example.com');
  await page.getByTestId('submit-subscription').click();
  await expect(page.getByTestId('status')).toHaveText('Pending confirmation');
  await page.getByTestId('request-confirmation').click();
  await expect(page.getByText('A new confirmation request was sent to ann@example.com.')).toBeVisible();
  await page.getByTestId('publish-message').click();
  await page.getByTestId('submit-message').click();
  await expect(page.getByTestId('message-body-field-error')).toBeVisible();
  await page.getByTestId('message-body').fill('Hello');
  await expectAccessible(page);
  await page.getByTestId('submit-message').click();
  await expect(page.getByText('Message published to topic News successfully.')).toBeVisible();
  await page.getByTestId('edit-topic').click();
  await page.getByTestId('topic-policy-text').fill('{');
  await page.getByTestId('save-topic-policy').click();
  await expect(page.getByText('Invalid parameter: Policy Error')).toBeVisible();
  await page.goto('/sns/topics');
  await page.getByTestId('topic-name').click();
  await page.getByTestId('delete-topic-button').click();
  await page.getByRole('dialog').getByRole('textbox').fill('delete me');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByTestId('no-topics')).toBeVisible();
});

test('boto3 and both CLIs do the lab', async () => {
  const account = await createAccount(true);
  const root = keysOf(account);
  const made = await boto3(
    `
sns = boto3.client("sns", **kw)
cw = boto3.client("cloudwatch", **kw)
arn = sns.create_topic(Name="alarms", Attributes={"DisplayName": "Alarms"}, Tags=[{"Key": "team", "Value": "a"}])["TopicArn"]
assert arn == "arn:aws:sns:us-east-1:${account.id}:alarms", arn
assert sns.get_topic_attributes(TopicArn=arn)["Attributes"]["DisplayName"] == "Alarms"
assert sns.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "team", "Value": "a"}]
pending = sns.subscribe(TopicArn=arn, Protocol="email", Endpoint="ann@example.com")["SubscriptionArn"]
assert pending == "pending confirmation", pending
listed = sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]
assert [s["SubscriptionArn"] for s in listed] == ["PendingConfirmation"], listed
attributes = {"colour": {"DataType": "String", "StringValue": "red"}}
assert sns.publish(TopicArn=arn, Message="hello", Subject="Hi", MessageAttributes=attributes)["MessageId"]
assert refused("NotFound", sns.publish, TopicArn=arn + "x", Message="hello") == "Topic does not exist"
assert refused("InvalidParameter", sns.subscribe, TopicArn=arn, Protocol="email", Endpoint="x") == "Invalid parameter: Email address"
alarm = dict(AlarmName="dear", Namespace="AWS/Billing", MetricName="EstimatedCharges", Statistic="Maximum", Period=21600,
             Dimensions=[{"Name": "Currency", "Value": "USD"}], EvaluationPeriods=1, Threshold=10.0,
             ComparisonOperator="GreaterThanThreshold", AlarmActions=[arn])
cw.put_metric_alarm(**alarm)
found = cw.describe_alarms(AlarmNames=["dear"])["MetricAlarms"][0]
assert (found["StateValue"], found["Threshold"]) == ("INSUFFICIENT_DATA", 10.0), found
assert found["StateUpdatedTimestamp"].year > 2000, found
cw.set_alarm_state(AlarmName="dear", StateValue="ALARM", StateReason="a test")
history = cw.describe_alarm_history(AlarmName="dear", HistoryItemType="StateUpdate")["AlarmHistoryItems"]
assert [item["HistorySummary"] for item in history] == ["Alarm updated from INSUFFICIENT_DATA to ALARM"], history
cw.put_metric_data(Namespace="Own", MetricData=[{"MetricName": "Queue", "Value": 3, "Unit": "Count"}])
assert [m["MetricName"] for m in cw.list_metrics(Namespace="Own")["Metrics"]] == ["Queue"]
from datetime import datetime, timedelta, timezone
now = datetime.now(timezone.utc)
points = cw.get_metric_statistics(Namespace="Own", MetricName="Queue", StartTime=now - timedelta(hours=1),
                                  EndTime=now + timedelta(minutes=5), Period=3600, Statistics=["Sum"])["Datapoints"]
assert [p["Sum"] for p in points] == [3.0], points
refused("ResourceNotFound", cw.set_alarm_state, AlarmName="nobody", StateValue="OK", StateReason="x")
assert "validation error" in refused("ValidationError", cw.set_alarm_state, AlarmName="dear", StateValue="INVALID", StateReason="x")
iam.create_user(UserName="eve")
eve = iam.create_access_key(UserName="eve")["AccessKey"]
print(json.dumps([eve["AccessKeyId"], eve["SecretAccessKey"]]))
`,
    root,
  );
  expect(made.err).toBe('');
  const [id, secret] = JSON.parse(made.out);
  for (const [generation, cli] of Object.entries(CLIS)) {
    const topics = await aws(cli, ['sns', 'list-topics'], root);
    expect(topics.err, generation).toBe('');
    expect(JSON.parse(topics.out).Topics).toHaveLength(1);
    // Version 1 speaks JSON to CloudWatch; version 2.9 still speaks Query.
    const alarms = await aws(cli, ['cloudwatch', 'describe-alarms', '--state-value', 'ALARM'], root);
    expect(alarms.err, generation).toBe('');
    expect(JSON.parse(alarms.out).MetricAlarms[0].AlarmName).toBe('dear');
    const put = ['cloudwatch', 'put-metric-data', '--namespace', 'Own', '--metric-name', generation, '--value', '1'];
    expect((await aws(cli, put, root)).err, generation).toBe('');
    const refused = await aws(cli, ['sns', 'list-topics'], { id, secret });
    expect(refused.err, generation).toContain('(AuthorizationError) when calling the ListTopics operation');
    const denied = await aws(cli, ['cloudwatch', 'describe-alarms'], { id, secret });
    expect(denied.err, generation).toContain('(AccessDenied) when calling the DescribeAlarms operation');
  }
});
