from local.services.sagemaker.instructions import readable


def test_the_paragraphs_of_an_element_are_read_without_markup() -> None:
    page = """
      <full-instructions header="How">
        <ol><li>Box   the <b>logo</b>,
          tightly.</li><li>A &amp; B</li></ol>
      </full-instructions>
      <short-instructions><p>Not this</p></short-instructions>
    """

    assert readable(page, within="full-instructions") == ("Box the logo, tightly.", "A & B")


def test_a_whole_page_is_read_where_no_element_is_named() -> None:
    assert readable("<p>One</p>two<br>three") == ("One", "two", "three")
