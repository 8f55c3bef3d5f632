"""A citizen asks for the proof: the cited row in its table, and from there the document."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.qa_service.channels.widget.chat import PHONE
from tests.qa_service.channels.widget.conftest import Shot, Visit
from tests.qa_service.channels.widget.test_asking import THREE_PUBLIC, answer


def test_a_mark_opens_the_row_in_its_table(visit: Visit, shot: Shot) -> None:
    chat = visit()
    reply = chat.ask("公务接待费是多少？")
    mark = reply.locator(".text .mark").first
    mark.click()
    proof = reply.locator(".proof")
    hit = proof.locator("tr.hit")
    expect(hit).to_contain_text("[30217]公务接待费")
    expect(hit.locator("td.hit")).to_have_text("1.00")
    expect(proof.locator("tbody tr")).to_have_count(6)
    expect(proof.locator("tr.above")).to_contain_text("商品和服务支出")
    expect(proof).to_contain_text("单位：万元")
    expect(proof).to_contain_text("栏目：预算")
    expect(proof).to_contain_text("表6 一般公共预算基本支出情况表")
    expect(mark).to_have_attribute("aria-expanded", "true")
    assert chat.focused() == "proof"
    shot(chat.page, "proof-desktop")
    chat.page.keyboard.press("Escape")
    expect(proof).to_have_count(0)
    assert chat.focused() == "mark"
    expect(chat.box).to_be_visible()


def test_the_header_path_and_all_columns(visit: Visit, shot: Shot) -> None:
    chat = visit(size=PHONE)
    reply = chat.ask("2024年基本支出多少钱？")
    sources = reply.locator(".sources")
    sources.locator("summary").click()
    sources.get_by_role("button", name="表5").click()
    proof = reply.locator(".proof")
    expect(proof.locator("thead tr")).to_have_count(2)
    expect(proof.locator("thead")).to_contain_text("一般公共预算支出")
    expect(proof.locator("thead")).to_contain_text("其中：基本支出")
    before = proof.locator("thead th").count()
    proof.get_by_role("button", name="显示所有栏目").click()
    assert proof.locator("thead th").count() > before
    expect(proof.locator("td.hit")).to_be_in_viewport()
    shot(chat.page, "proof-phone-columns")
    assert chat.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_paragraph_is_quoted_with_its_section(visit: Visit, shot: Shot) -> None:
    chat = visit()
    reply = chat.ask("三公经费比上年增加多少")
    reply.locator(".text .mark").first.click()
    proof = reply.locator(".proof")
    expect(proof.locator("blockquote")).to_contain_text("比上年增加0万元")
    expect(proof).to_contain_text("“三公”经费安排情况")
    shot(chat.page, "proof-paragraph")


def test_a_goal_is_shown_in_its_row(visit: Visit) -> None:
    chat = visit()
    reply = chat.ask("食堂外包是做什么的")
    reply.locator(".text .mark").first.click()
    expect(reply.locator(".proof tr.hit")).to_contain_text("餐饮服务外包项目")
    expect(reply.locator(".proof td.hit")).to_contain_text("具备资质")


def test_the_link_leads_to_the_row_in_the_document(visit: Visit, shot: Shot) -> None:
    chat = visit()
    reply = chat.ask(THREE_PUBLIC)
    reply.locator(".text .mark").first.click()
    with chat.page.context.expect_page() as opened:
        reply.get_by_role("link", name="在原文件中查看").click()
    document = opened.value
    row = document.locator("tr:target")
    expect(row).to_contain_text("“三公”经费")
    expect(row).to_be_in_viewport()
    shot(document, "source-page")


def test_a_source_page_serves_without_scripts(visit: Visit, shot: Shot) -> None:
    chat = visit(java_script_enabled=True)
    reply = chat.ask(THREE_PUBLIC)
    reply.locator(".text .mark").first.click()
    address = reply.get_by_role("link", name="在原文件中查看").get_attribute("href")
    assert address
    page = chat.visitor.page(java_script_enabled=False, size=PHONE)
    page.goto(address)
    expect(page.locator("tr:target")).to_be_in_viewport()
    page.get_by_role("navigation").get_by_role("link", name="表1 收支总体情况表").click()
    expect(page.get_by_role("heading", name="表1 收支总体情况表")).to_be_in_viewport()
    shot(page, "source-page-phone")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_role("link", name="下载 CSV").first).to_be_hidden()


def test_operands_of_a_formula_are_linked(visit: Visit, shot: Shot) -> None:
    chat = visit()
    reply = chat.ask("公务接待费占三公经费的比例")
    expect(reply.locator(".value strong")).to_have_text("18.52")
    operands = reply.locator(".formula .operand")
    expect(operands).to_have_text(["1.00", "5.40"])
    operands.nth(1).click()
    expect(reply.locator(".proof tr.hit td.hit")).to_have_text("5.40")
    shot(chat.page, "formula")


def test_operands_of_one_sentence_are_linked_to_it(visit: Visit) -> None:
    chat = visit()
    reply = chat.ask("2023年支出预算是多少？")
    operands = reply.locator(".formula .operand")
    expect(operands).to_have_text(["9,492.97", "1,083.01"])
    operands.nth(1).click()
    expect(reply.locator(".proof blockquote")).to_contain_text("减少1,083.01")


def test_a_selection_of_many_rows_is_told(visit: Visit) -> None:
    chat = visit()
    reply = chat.ask("有多少个项目？")
    expect(reply.locator(".value strong")).to_have_text("52")
    expect(reply.locator(".data-table tbody tr")).to_have_count(52)
    reply.locator(".text .mark").first.click()
    expect(reply.locator(".proof")).to_contain_text("共52行：项目")


def test_a_ranking_is_a_chart_and_a_table_of_the_same(visit: Visit, shot: Shot) -> None:
    chat = visit()
    reply = chat.ask("金额最大的5个项目是哪些？")
    chart = reply.get_by_role("img")
    expect(chart).to_have_accessible_name(
        "条形图：项目中最多的五项，按金额从高到低。数据见图下的表格。"
    )
    expect(chart.locator("rect")).to_have_count(5)
    widths = chart.locator("rect").evaluate_all(
        "all => all.map((r) => parseFloat(r.getAttribute('width')))"
    )
    assert widths == sorted(widths, reverse=True)
    assert abs(widths[1] / widths[0] - 798.10 / 1495.10) < 0.001
    printed = chart.locator(".bar-value").all_text_contents()
    assert printed == [f"{t} 万元" for t in reply.locator(".data td").all_inner_texts()]
    expect(reply.locator(".data thead")).to_contain_text("数值（万元）")
    shot(chat.page, "chart")
    reply.locator(".data .mark").nth(1).click()
    expect(reply.locator(".proof td.hit")).to_have_text("798.10")


def test_years_are_a_line(visit: Visit, shot: Shot) -> None:
    chat = visit()
    values: list[dict[str, object]] = [
        {
            "label": f"{year}年电费",
            "value": f"{size}.00",
            "unit": "万元",
            "amount_yuan": f"{size}0000.00",
            "formula": None,
            "citations": [],
        }
        for year, size in ((2023, 160), (2022, 120), (2024, 170))
    ]
    chat.stub(answer("电费三年的预算。", values=values, plan={"operation": "growth"}))
    reply = chat.ask("电费这几年怎么变？")
    chart = reply.get_by_role("img")
    expect(chart.locator("circle")).to_have_count(3)
    assert chart.locator(".bar-label").all_text_contents() == ["2022", "2023", "2024"]
    heights = chart.locator("circle").evaluate_all(
        "all => all.map((c) => parseFloat(c.getAttribute('cy')))"
    )
    assert heights == sorted(heights, reverse=True)
    shot(chat.page, "trend")


def test_a_table_that_cannot_be_loaded_is_tried_again(visit: Visit) -> None:
    chat = visit()
    reply = chat.ask(THREE_PUBLIC)
    chat.page.route("**/v1/rows/*", lambda route: route.abort(), times=1)
    reply.locator(".text .mark").first.click()
    proof = reply.locator(".proof")
    expect(proof).to_contain_text("暂时读不到这张表")
    expect(proof.locator("blockquote")).to_contain_text("“三公”经费 | 合计 5.40")
    proof.get_by_role("button", name="重试").click()
    expect(proof.locator("tr.hit")).to_be_visible()
