"""Two small departments of one city, each with units below it, as they would be published."""

from __future__ import annotations

from decimal import Decimal

TEXTS = {
    "甲州市发展和改革委员会": ("5.00", "粮食储备资金", "40.00"),
    "甲州市信访局": ("2.00", "接待大厅运行资金", "10.00"),
}


def written(department: str, meals: str, project: str, amount: str) -> str:
    """A small budget of the department, with a unit below it."""
    other = f"{Decimal(amount) + 4}"
    return f"""2026年
{department}部门预算

第一部分 {department}概况

一、主要职责

（一）负责本市的{project}管理。

第二部分 2026年部门预算表

表1收入总体情况表
单位名称：{department}
单位：万元

单位名称\t合计\t一般公共预算
合计\t{other}\t{other}
{department}（本级）\t{amount}\t{amount}
甲州市第一服务中心\t3.00\t3.00
甲州市第二服务中心\t1.00\t1.00

注：无。
表2财政拨款安排的行政经费及“三公”经费预算表
单位：万元

项目\t合计\t一般公共预算
“三公”经费\t{meals}\t{meals}
公务接待费\t{meals}\t{meals}

注：无。
表3一般公共预算基本支出情况表（按经济分类科目）
单位：万元

科目编码\t科目名称\t预算
合计\t\t6.00
301\t工资福利支出\t5.00
302\t商品和服务支出\t1.00

注：无。
表4部门预算基本支出预算表
单位：万元

支出项目类别（资金使用单位）\t总计
合计\t6.00
{department}（本级）\t3.00
工资福利支出\t2.50
商品和服务支出\t0.50
甲州市第一服务中心（本级）\t2.00
工资福利支出\t1.75
商品和服务支出\t0.25
甲州市第二服务中心\t1.00
工资福利支出\t0.75
商品和服务支出\t0.25

注：无。
表5部门预算项目支出及其他支出预算表
单位：万元

支出项目类别（资金使用单位）\t总计\t绩效目标
合计\t{other}\t
{department}\t{amount}\t
{project}\t{amount}\t保障{project}按时到位。
办公用房租赁\t0.00\t租赁机关用房。
甲州市第一服务中心\t3.00\t
服务窗口设备更新\t1.00\t更新服务窗口设备。
办公用房修缮\t2.00\t修缮窗口用房。
甲州市第二服务中心\t1.00\t
热线话机更新\t0.60\t更新热线话机。
办公用房修缮\t0.30\t修缮热线用房。
办公用房租赁\t0.10\t租赁热线用房。

注：无。
"""
